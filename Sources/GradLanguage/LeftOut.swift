/// What programs hold that only shows, checks or trains: it is read and left out.
///
/// This is the whole list; the parser knows no other words of this kind.
enum LeftOut {
  /// Functions whose calls by themselves show or check something.
  static let functions: Set<String> = [
    "print", "display", "type", "help", "dir", "repr", "pprint", "input", "breakpoint", "draw_dot",
    "make_dot", "visualize", "plot", "show", "filterwarnings", "simplefilter", "set_printoptions",
    "set_seed", "seed", "manual_seed", "clear_output", "allclose", "isclose", "assert_allclose",
    "assert_almost_equal", "assert_close", "gradcheck", "summary", "hasattr", "isinstance", "id",
    "check_grads",
  ]

  /// Modules and objects that show, check or train, whatever is called of them.
  static let objects: Set<String> = [
    "plt", "pyplot", "matplotlib", "mpl", "sns", "seaborn", "ax", "axes", "fig", "figure", "pd",
    "optim", "optimizer", "optimiser", "optimizers", "opt", "scheduler", "lr_scheduler", "writer",
    "logger", "logging", "warnings", "wandb", "tqdm", "tensorboard", "IPython", "HTML", "Image",
    "graphviz", "torchviz", "os", "sys", "time", "gc", "unittest", "testing", "json", "pickle",
  ]

  /// Methods and functions of modules that show, check or train what they are called on.
  static let methods: Set<String> = [
    "retain_grad", "requires_grad_", "step", "watch", "train",
    "eval", "manual_seed", "manual_seed_all", "seed", "set_seed", "set_printoptions",
    "set_default_dtype", "set_default_device", "set_default_tensor_type",
    "use_deterministic_algorithms", "filterwarnings", "simplefilter", "show", "savefig", "plot",
    "scatter", "render", "view_graph", "register_hook", "item", "tolist", "numpy", "cuda", "cpu",
    "to", "type", "size", "dim", "numel", "allclose", "isclose", "assert_allclose",
    "assert_almost_equal", "assert_close", "assert_equal", "gradcheck", "check_grads", "compile",
    "stop_recording", "summary", "fit", "set_figsize", "use_svg_display", "show_images",
    "show_heatmaps", "set_axes", "annotate", "print",
    "clip_grad_norm_", "clip_grad_value_",
  ]

  /// Methods that change a parameter by derivatives, once there are some.
  static let updates: Set<String> = ["assign", "assign_add", "assign_sub", "apply_gradients"]

  /// Methods that change how a model computes, where the program has made the model.
  static let modes: Set<String> = ["train", "eval"]

  /// What is looked at without a call: `x.grad`, `y.shape`.
  static let attributes: Set<String> = [
    "grad", "grad_fn", "shape", "dtype", "device", "data", "ndim", "size", "is_leaf",
    "requires_grad", "name", "label", "__class__", "__dict__", "__doc__", "__version__",
  ]

  /// Types of numbers: all are Float64 here.
  static let types: Set<String> = [
    "float", "float16", "float32", "float64", "half", "double", "bfloat16", "int", "int8", "int16",
    "int32", "int64", "long", "short", "uint8", "bool", "bool_", "Tensor", "ndarray", "Module",
    "strided", "preserve_format", "contiguous_format", "FloatTensor", "DoubleTensor", "LongTensor",
  ]

  /// What is given to an attribute and says nothing of any value: `w.grad = None`.
  static let settings: Set<String> = [
    "grad", "requires_grad", "label", "name", "backward", "_backward",
  ]

  /// Functions of modules that make no numbers: `device = torch.device("cpu")`.
  static let makers: Set<String> = [
    "device", "is_available", "subplots", "Generator", "getLogger",
    "SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "LBFGS", "StepLR", "SummaryWriter", "open",
  ]

  /// Methods of classes that are engines of their own: they compute with numbers as this tool does.
  static let methodsOfEngines: Set<String> = [
    "__add__", "__radd__", "__mul__", "__rmul__", "__sub__", "__truediv__", "__pow__", "__neg__",
  ]

  /// Names in classes that differentiate by themselves.
  static let wordsOfEngines: Set<String> = ["grad", "backward", "_backward", "gradient", "vjp"]

  /// Statements by their first word.
  static let statements: Set<String> = ["assert", "del", "global", "nonlocal"]

  /// Blocks of `with` whose bodies are read as if they stood there by themselves.
  static let transparentBlocks: Set<String> = [
    "GradientTape", "enable_grad", "set_detect_anomaly", "detect_anomaly", "record", "device",
    "catch_warnings", "errstate", "printoptions", "context", "name_scope", "nullcontext",
    "suppress", "autocast", "record_function",
    "profile",
  ]

  /// Blocks of `with` in which nothing is differentiated.
  static let blocksWithoutDerivatives: Set<String> = [
    "no_grad", "inference_mode", "stop_recording", "pause",
  ]

  /// Decorators that change what a function is; all others are left out.
  static let decorators: [String: String] = {
    var helps: [String: String] = [:]
    helps["stop_gradient"] = "write 'return stop_gradient(…)' at its end instead"
    for name in ["grad", "value_and_grad", "jacfwd", "jacrev", "hessian", "jvp", "vjp"] {
      helps[name] = "the derivatives are computed; leave the line out"
    }
    for name in ["vmap", "pmap", "vectorize"] {
      helps[name] = "call the function once for each number, without it"
    }
    for name in ["primitive"] {
      helps[name] = "the derivatives are computed from the formula; leave the line out"
    }
    return helps
  }()
}
