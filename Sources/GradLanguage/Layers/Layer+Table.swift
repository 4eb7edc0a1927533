/// The layers that are known, as PyTorch calls them.
extension Layer {
  private static let bias = Weight(
    name: "bias", shape: ["out_features"], start: .drawn(.fanInOfWeight), condition: "bias")

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
        Weight(
          name: "bias", shape: ["out_channels"], start: .drawn(.fanInOfWeight), condition: "bias"),
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
      weights: weights(ofCell: gates, input: "input_size"))
  }

  /// The weights of a cell with so many gates, under names that end in `suffix`.
  private static func weights(
    ofCell gates: Int, input: String, suffix: String = ""
  ) -> [Weight] {
    func weight(_ name: String, _ shape: [String], condition: String? = nil) -> Weight {
      Weight(
        name: name + suffix, shape: ["hidden_size"] + shape, count: gates,
        start: .drawn(.setting("hidden_size")), condition: condition)
    }
    return [
      weight("weight_ih", [input]), weight("weight_hh", ["hidden_size"]),
      weight("bias_ih", [], condition: "bias"), weight("bias_hh", [], condition: "bias"),
    ]
  }

  /// A cell over a sequence: each level has the weights of a cell, and each direction.
  private static func sequence(_ function: String, gates: Int) -> Layer {
    var settings: [Setting] = [
      .size("input_size"), .size("hidden_size"), .passed("num_layers", 1), .size("bias"),
      .passed("batch_first"), .fixed("dropout", "0"), .passed("bidirectional"),
    ]
    if function == "rnn" { settings.insert(.passed("nonlinearity"), at: 3) }
    if function == "lstm" { settings.append(.fixed("proj_size", "0")) }
    return Layer(function, settings) { numbers in
      let directions = numbers["bidirectional"] == 1 ? ["", "_reverse"] : [""]
      // A level beyond the first is given what the one before shows, from both ends.
      let between = "\(directions.count * (numbers["hidden_size"] ?? 1))"
      return (0..<max(numbers["num_layers"] ?? 1, 0)).flatMap { level in
        directions.flatMap { direction in
          weights(
            ofCell: gates, input: level == 0 ? "input_size" : between,
            suffix: "_l\(level)\(direction)")
        }
      }
    }
  }

  private static let multiHeadAttention = Layer(
    "multi_head_attention",
    [
      .size("embed_dim"), .passed("num_heads"), .fixed("dropout", "0"), .size("bias"),
      .fixed("add_bias_kv", "0"), .fixed("add_zero_attn", "0"), .fixed("kdim", "None"),
      .fixed("vdim", "None"), .passed("batch_first"),
    ],
    weights: [
      Weight(
        name: "in_proj_weight", shape: ["embed_dim", "embed_dim"], count: 3,
        start: .drawn(.bothFans)),
      Weight(
        name: "in_proj_bias", shape: ["embed_dim"], count: 3, start: .filled(0),
        condition: "bias"),
    ],
    parts: [
      Part(
        name: "out_proj", layer: "Linear",
        settings: ["in_features": "embed_dim", "out_features": "embed_dim", "bias": "bias"],
        zeros: ["bias"])
    ])

  private static let encoderLayer = Layer(
    "transformer_encoder_layer",
    [
      .size("d_model"), .size("nhead"), .size("dim_feedforward", 2048), .passed("dropout", 0.1),
      .passed("activation"), .size("layer_norm_eps"), .passed("batch_first"), .passed("norm_first"),
      .size("bias"),
    ],
    parts: [
      Part(
        name: "self_attn", layer: "MultiheadAttention",
        settings: [
          "embed_dim": "d_model", "num_heads": "nhead", "bias": "bias",
          "batch_first": "batch_first",
        ]),
      Part(
        name: "linear1", layer: "Linear",
        settings: ["in_features": "d_model", "out_features": "dim_feedforward", "bias": "bias"]),
      Part(
        name: "linear2", layer: "Linear",
        settings: ["in_features": "dim_feedforward", "out_features": "d_model", "bias": "bias"]),
      Part(
        name: "norm1", layer: "LayerNorm",
        settings: ["normalized_shape": "d_model", "eps": "layer_norm_eps", "bias": "bias"]),
      Part(
        name: "norm2", layer: "LayerNorm",
        settings: ["normalized_shape": "d_model", "eps": "layer_norm_eps", "bias": "bias"]),
    ], knowsTraining: true)

  private static func activation(_ function: String, _ settings: Setting...) -> Layer {
    Layer(function, settings + [.ignored("inplace")])
  }

  private static func loss(_ function: String, _ settings: Setting...) -> Layer {
    Layer(
      function,
      settings + [.fixed("size_average", "None"), .fixed("reduce", "None"), .passed("reduction")])
  }

  private static func withMargin(_ name: String) -> Layer {
    Layer(
      name,
      [
        .passed("margin"), .fixed("size_average", "None"), .fixed("reduce", "None"),
        .passed("reduction"),
      ])
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
      weights: [
        Weight(
          name: "weight", shape: ["num_embeddings", "embedding_dim"], start: .drawn(.normal))
      ]),
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
    "RNN": sequence("rnn", gates: 1), "LSTM": sequence("lstm", gates: 4),
    "GRU": sequence("gru", gates: 3), "MultiheadAttention": multiHeadAttention,
    "TransformerEncoderLayer": encoderLayer,
    "Dropout": dropout, "Dropout1d": dropout, "Dropout2d": dropout,
    "Flatten": Layer("flatten", [.passed("start_dim", 1), .passed("end_dim")]),
    "Identity": Layer("identity"),

    "ReLU": activation("relu"), "Sigmoid": activation("sigmoid"), "Tanh": activation("tanh"),
    "LogSigmoid": activation("logsigmoid"), "SiLU": activation("silu"),
    "GELU": activation("gelu", .fixed("approximate", "none")), "GELUTanh": activation("gelu_tanh"),
    "Mish": activation("mish"), "SELU": activation("selu"), "Softsign": activation("softsign"),
    "Tanhshrink": activation("tanhshrink"), "ReLU6": activation("relu6"),
    "Hardsigmoid": activation("hardsigmoid"), "Hardswish": activation("hardswish"),
    "Hardtanh": activation("hardtanh", .passed("min_val"), .passed("max_val")),
    "CELU": activation("celu", .passed("alpha")), "GLU": activation("glu", .passed("dim")),
    "Softmin": activation("softmin", .passed("dim")),
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
    "BCELoss": loss("binary_cross_entropy", .passed("weight")),
    "BCEWithLogitsLoss": Layer(
      "binary_cross_entropy_with_logits",
      [
        .passed("weight"), .fixed("size_average", "None"), .fixed("reduce", "None"),
        .passed("reduction"), .passed("pos_weight"),
      ]),
    "CrossEntropyLoss": Layer(
      "cross_entropy",
      [
        .passed("weight"), .fixed("size_average", "None"), .passed("ignore_index"),
        .fixed("reduce", "None"), .passed("reduction"), .passed("label_smoothing"),
      ]),
    "TripletMarginLoss": Layer(
      "triplet_margin_loss",
      [
        .passed("margin"), .passed("p"), .passed("eps"), .fixed("swap", "False"),
        .fixed("size_average", "None"), .fixed("reduce", "None"), .passed("reduction"),
      ]),
    "CosineEmbeddingLoss": withMargin("cosine_embedding_loss"),
    "MarginRankingLoss": withMargin("margin_ranking_loss"),
    "PairwiseDistance": Layer(
      "pairwise_distance", [.passed("p"), .passed("eps"), .passed("keepdim")]),
    "CosineSimilarity": Layer("cosine_similarity", [.passed("dim"), .passed("eps")]),
    "GaussianNLLLoss": Layer(
      "gaussian_nll_loss", [.passed("full"), .passed("eps"), .passed("reduction")]),
    "KLDivLoss": loss("kl_div", .passed("log_target")),
    "NLLLoss": Layer(
      "nll_loss",
      [
        .passed("weight"), .fixed("size_average", "None"), .passed("ignore_index"),
        .fixed("reduce", "None"), .passed("reduction"),
      ]),
  ]

  /// Layers that are not read, and what to write.
  static let refused: [String: String] = [
    "Transformer": "nn.TransformerEncoderLayer and nn.MultiheadAttention are read",
    "TransformerEncoder": "call its layers one after the other: for layer in layers: x = layer(x)",
    "TransformerDecoderLayer": "write it with nn.MultiheadAttention, nn.Linear and nn.LayerNorm",
    "ConvTranspose2d": "nn.Conv2d is read", "BatchNorm3d": "nn.BatchNorm2d is read",
    "GroupNorm": "nn.LayerNorm is read", "InstanceNorm2d": "nn.LayerNorm is read",
    "AdaptiveAvgPool2d": "nn.AvgPool2d with the size of the window is read",
    "Bilinear": "write it with torch.einsum", "PReLU": "nn.LeakyReLU is read",
  ]
}
