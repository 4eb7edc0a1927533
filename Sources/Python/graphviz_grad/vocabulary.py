"""The operations of PyTorch by what they do: one table a kind."""

from __future__ import annotations

# What the overloads of arithmetic are called, and what the trace's table of operators calls them.
OPERATORS = {
    "add": "add", "radd": "add", "iadd": "add", "sub": "subtract", "rsub": "subtract", "isub": "subtract",
    "subtract": "subtract", "mul": "multiply", "rmul": "multiply", "imul": "multiply", "multiply": "multiply",
    "div": "divide", "truediv": "divide", "rdiv": "divide", "rtruediv": "divide", "itruediv": "divide",
    "idiv": "divide", "true_divide": "divide", "divide": "divide", "pow": "pow", "rpow": "pow", "ipow": "pow",
    "neg": "negate", "negative": "negate", "maximum": "maximum", "minimum": "minimum", "where": "where",
    "clamp": "clip",
}
ARITHMETIC = {name for name, word in OPERATORS.items() if word not in ("negate", "where", "clip")}
# Elementwise operations that the table has by their own name, with the same meaning.
TABLE = {
    "abs", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cos", "cosh", "erf", "erfc", "exp", "expm1",
    "log", "log10", "log1p", "log2", "logsigmoid", "relu", "sigmoid", "sign", "silu", "sin", "sinh", "sqrt", "square",
    "tan", "tanh", "hypot",
}
# Elementwise operations of one operand that the table lacks, or has with other numbers.
OTHERS = {
    "celu", "clamp_max", "clamp_min", "clip", "clamp", "deg2rad", "digamma", "dropout", "elu", "erfinv", "exp2",
    "feature_dropout", "frac", "gelu", "hardshrink", "hardsigmoid", "hardswish", "hardtanh", "leaky_relu", "lgamma",
    "logit", "mish", "nan_to_num", "rad2deg", "reciprocal", "relu6", "rrelu", "rsqrt", "selu", "sinc", "softplus",
    "softshrink", "softsign", "tanhshrink", "threshold", "expit", "masked_fill", "alpha_dropout",
}
# Operations with one node in the graph, whose ways are the operands in order.
SINGLE_NODE = ARITHMETIC | {"matmul", "mm", "bmm", "cat", "concat", "concatenate", "stack", "where", "dot", "mv"}
RESHAPES = {
    "reshape", "view", "flatten", "squeeze", "unsqueeze", "view_as", "ravel", "contiguous", "unflatten",
    "reshape_as", "clone", "to", "type", "float", "double", "half", "bfloat16", "cpu", "cuda", "type_as",
    "atleast_1d", "atleast_2d",
}
# Those that leave an array as it is where its shape and type stay.
UNCHANGED = RESHAPES - {"clone"} | {"expand", "expand_as", "broadcast_to"}
PERMUTATIONS = {"T", "mT", "t", "transpose", "permute", "swapaxes", "swapdims", "movedim", "moveaxis", "adjoint"}
VIEWS = RESHAPES | PERMUTATIONS | {"H", "mH"}
PARTS = {"split", "chunk", "unbind", "tensor_split", "split_with_sizes"}
# Operations whose other arguments say what they do.
WITH_ARGUMENTS = PERMUTATIONS | PARTS | {
    "sum", "mean", "getitem", "setitem", "select", "narrow", "cat", "concat", "concatenate", "stack", "conv1d", "conv2d",
    "softmax", "log_softmax", "embedding", "addmm", "addmv", "baddbmm", "einsum",
}
# Operations in place that do not look at what was there: what they leave is an input.
OVERWRITING = {
    "zero_", "fill_", "uniform_", "normal_", "random_", "bernoulli_", "exponential_", "geometric_",
    "cauchy_", "log_normal_",
}
# Operations that take no more of a tensor than its shape and type: what they make is an input.
MAKERS = {
    "zeros_like", "ones_like", "full_like", "empty_like", "rand_like", "randn_like", "randint_like", "new_zeros",
    "new_ones", "new_full", "new_empty", "new_tensor", "new_empty_strided",
}
# Operations of a tensor and of numbers, which a title shows.
WITH_NUMBERS = {
    "eq", "ne", "lt", "le", "gt", "ge", "topk", "kthvalue", "masked_fill", "fmod", "remainder", "floor_divide",
    "clamp", "clip", "leaky_relu", "elu", "celu", "threshold", "hardtanh", "cumsum", "cumprod", "logsumexp", "norm", "roll", "one_hot",
    "amax", "amin", "argmax", "argmin", "argsort", "max", "median", "min", "prod", "sort", "std", "var",
}
# Products to which something is added, which PyTorch has as one: the operands that are added, and multiplied.
FUSED = {"linear": (2, 0, 1), "addmm": (0, 1, 2), "addmv": (0, 1, 2), "baddbmm": (0, 1, 2)}
IGNORED = {
    "requires_grad_", "retain_grad", "is_floating_point", "__set__", "backward", "grad", "numpy",
    "tolist", "item", "data_ptr", "register_post_accumulate_grad_hook",
}


def is_open(operation):
    """Whether an operation is a product, with or without what is added to it, whose operands are all known."""
    if operation.name == "linear":
        return bool(operation.attributes)
    # Factors of either part make another of it.
    return operation.name in FUSED and len(operation.operands) == 3 and not operation.attributes
