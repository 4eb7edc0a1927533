/// The layers that are known, as PyTorch calls them.
extension Layer {
  private static let bias = Weight(name: "bias", shape: ["out_features"], condition: "bias")

  private static func convolution(_ rank: Int) -> Layer {
    Layer(
      "conv\(rank)d",
      [
        .size("in_channels"), .size("out_channels"), .size("kernel_size"), .passed("stride"),
        .passed("padding"), .passed("dilation"), .passed("groups"), .size("bias"),
        .fixed("padding_mode", "zeros"),
      ],
      weights: [
        Weight(name: "weight", shape: ["out_channels", "in_channels", "kernel_size"]),
        Weight(name: "bias", shape: ["out_channels"], condition: "bias"),
      ], windowAxes: rank)
  }

  private static func pooling(_ function: String) -> Layer {
    Layer(
      function,
      [
        .passed("kernel_size"), .passed("stride"), .passed("padding"), .fixed("dilation", "1"),
        .fixed("return_indices", "0"), .fixed("ceil_mode", "0"),
      ])
  }

  private static let batchNorm = Layer(
    "batch_norm",
    [
      .size("num_features"), .passed("eps"), .ignored("momentum"), .size("affine"),
      .fixed("track_running_stats", "1"),
    ],
    weights: [
      Weight(name: "weight", shape: ["num_features"], start: .filled(1), condition: "affine"),
      Weight(name: "bias", shape: ["num_features"], start: .filled(0), condition: "affine"),
      Weight(name: "running_mean", shape: ["num_features"], start: .filled(0), isStatistic: true),
      Weight(name: "running_var", shape: ["num_features"], start: .filled(1), isStatistic: true),
    ], knowsTraining: true)

  private static let dropout = Layer(
    "dropout", [.passed("p", 0.5), .ignored("inplace")], knowsTraining: true)

  private static func cell(_ function: String, gates: Int) -> Layer {
    Layer(
      function,
      [
        .size("input_size"), .size("hidden_size"), .size("bias"),
        function == "rnn_cell" ? .passed("nonlinearity") : .ignored("device"),
      ],
      weights: [
        Weight(name: "weight_ih", shape: ["hidden_size", "input_size"], count: gates),
        Weight(name: "weight_hh", shape: ["hidden_size", "hidden_size"], count: gates),
        Weight(name: "bias_ih", shape: ["hidden_size"], count: gates, condition: "bias"),
        Weight(name: "bias_hh", shape: ["hidden_size"], count: gates, condition: "bias"),
      ])
  }

  private static func activation(_ function: String, _ settings: Setting...) -> Layer {
    Layer(function, settings + [.ignored("inplace")])
  }

  private static func loss(_ function: String, _ settings: Setting...) -> Layer {
    Layer(
      function,
      settings + [.fixed("size_average", "None"), .fixed("reduce", "None"), .passed("reduction")])
  }

  static let table: [String: Layer] = [
    "Linear": Layer(
      "linear", [.size("in_features"), .size("out_features"), .size("bias")],
      weights: [Weight(name: "weight", shape: ["out_features", "in_features"]), bias]),
    "Conv1d": convolution(1), "Conv2d": convolution(2),
    "MaxPool1d": pooling("max_pool1d"), "MaxPool2d": pooling("max_pool2d"),
    "AvgPool1d": pooling("avg_pool1d"), "AvgPool2d": pooling("avg_pool2d"),
    "Embedding": Layer(
      "embedding",
      [
        .size("num_embeddings"), .size("embedding_dim"), .fixed("padding_idx", "None"),
        .fixed("max_norm", "None"),
      ],
      weights: [Weight(name: "weight", shape: ["num_embeddings", "embedding_dim"])]),
    "LayerNorm": Layer(
      "layer_norm",
      [
        .passed("normalized_shape"), .passed("eps"), .size("elementwise_affine"), .size("bias"),
      ],
      weights: [
        Weight(
          name: "weight", shape: ["normalized_shape"], start: .filled(1),
          condition: "elementwise_affine"),
        Weight(
          name: "bias", shape: ["normalized_shape"], start: .filled(0),
          condition: "elementwise_affine"),
      ]),
    "BatchNorm1d": batchNorm, "BatchNorm2d": batchNorm,
    "RNNCell": cell("rnn_cell", gates: 1), "LSTMCell": cell("lstm_cell", gates: 4),
    "GRUCell": cell("gru_cell", gates: 3),
    "Dropout": dropout, "Dropout1d": dropout, "Dropout2d": dropout,
    "Flatten": Layer("flatten", [.passed("start_dim", 1), .passed("end_dim")]),
    "Identity": Layer("identity"),

    "ReLU": activation("relu"), "Sigmoid": activation("sigmoid"), "Tanh": activation("tanh"),
    "LogSigmoid": activation("logsigmoid"), "SiLU": activation("silu"),
    "GELU": activation("gelu", .fixed("approximate", "none")),
    "LeakyReLU": activation("leaky_relu", .passed("negative_slope")),
    "ELU": activation("elu", .passed("alpha")),
    "Softplus": activation("softplus", .fixed("beta", "1"), .ignored("threshold")),
    "Softmax": activation("softmax", .passed("dim")),
    "LogSoftmax": activation("log_softmax", .passed("dim")),

    "MSELoss": loss("mse_loss"), "L1Loss": loss("l1_loss"),
    "HuberLoss": Layer("huber_loss", [.passed("reduction"), .passed("delta")]),
    "SmoothL1Loss": Layer(
      "smooth_l1_loss",
      [
        .fixed("size_average", "None"), .fixed("reduce", "None"), .passed("reduction"),
        .passed("beta"),
      ]),
    "BCELoss": loss("binary_cross_entropy", .fixed("weight", "None")),
    "BCEWithLogitsLoss": Layer(
      "binary_cross_entropy_with_logits",
      [
        .fixed("weight", "None"), .fixed("size_average", "None"), .fixed("reduce", "None"),
        .passed("reduction"), .fixed("pos_weight", "None"),
      ]),
    "CrossEntropyLoss": Layer(
      "cross_entropy",
      [
        .fixed("weight", "None"), .fixed("size_average", "None"), .fixed("ignore_index", "-100"),
        .fixed("reduce", "None"), .passed("reduction"), .fixed("label_smoothing", "0"),
      ]),
    "NLLLoss": Layer(
      "nll_loss",
      [
        .fixed("weight", "None"), .fixed("size_average", "None"), .fixed("ignore_index", "-100"),
        .fixed("reduce", "None"), .passed("reduction"),
      ]),
  ]

  /// Layers that are not read, and what to write.
  static let refused: [String: String] = [
    "RNN": "write the loop out, with nn.RNNCell or h = torch.tanh(…)",
    "LSTM": "write the loop out, with nn.LSTMCell",
    "GRU": "write the loop out, with nn.GRUCell",
    "MultiheadAttention": "write it with nn.Linear and F.scaled_dot_product_attention",
    "Transformer": "write it with nn.Linear, nn.LayerNorm and F.scaled_dot_product_attention",
    "TransformerEncoderLayer":
      "write it with nn.Linear, nn.LayerNorm and F.scaled_dot_product_attention",
    "ConvTranspose2d": "nn.Conv2d is read", "BatchNorm3d": "nn.BatchNorm2d is read",
    "GroupNorm": "nn.LayerNorm is read", "InstanceNorm2d": "nn.LayerNorm is read",
    "AdaptiveAvgPool2d": "nn.AvgPool2d with the size of the window is read",
    "Bilinear": "write it with torch.einsum", "PReLU": "nn.LeakyReLU is read",
  ]
}
