/// A program that the tool brings along, to try things with.
///
/// To add one, add a file to `samples`, a link to it beside this file, and a row here and in `Package.swift`.
struct Sample: NamedText, Sendable {
  /// What the command line calls it, and its file without the extension.
  let name: String
  /// The program.
  let text: String

  private init(_ name: String, _ bytes: [UInt8]) {
    (self.name, text) = (name, String(decoding: bytes, as: UTF8.self))
  }

  /// What it shows, by its first line.
  var summary: String {
    String(text.prefix { !$0.isNewline }.drop { $0 == "#" || $0 == " " })
  }

  /// Every sample, those without arrays first.
  static let all: [Sample] = [
    Sample("baydin", PackageResources.baydin_grad),
    Sample("colah", PackageResources.colah_grad),
    Sample("cs231n-compound", PackageResources.cs231n_compound_grad),
    Sample("cs231n-neuron", PackageResources.cs231n_neuron_grad),
    Sample("cs231n-patterns", PackageResources.cs231n_patterns_grad),
    Sample("cs231n-staged", PackageResources.cs231n_staged_grad),
    Sample("detached", PackageResources.detached_grad),
    Sample("hips-tanh", PackageResources.hips_tanh_grad),
    Sample("karpathy-neuron", PackageResources.karpathy_neuron_grad),
    Sample("karpathy-product", PackageResources.karpathy_product_grad),
    Sample("lab-network", PackageResources.lab_network_grad),
    Sample("lecture", PackageResources.lecture_grad),
    Sample("logistic", PackageResources.logistic_grad),
    Sample("self-product", PackageResources.self_product_grad),
    Sample("attention", PackageResources.attention_grad),
    Sample("convolution", PackageResources.convolution_grad),
    Sample("embedding", PackageResources.embedding_grad),
    Sample("layer-norm", PackageResources.layer_norm_grad),
    Sample("logistic-vectorised", PackageResources.logistic_vectorised_grad),
    Sample("norm-squared", PackageResources.norm_squared_grad),
    Sample("recurrent", PackageResources.recurrent_grad),
    Sample("softmax", PackageResources.softmax_grad),
    Sample("two-layer-vectorised", PackageResources.two_layer_vectorised_grad),
  ]
}
