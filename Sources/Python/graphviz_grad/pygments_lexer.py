# Written by `graphviz-grad integration pygments` (graphviz-grad 0.2.0).
"""Colours for programs of graphviz-grad (`*.grad`), as a lexer of Pygments.

Sphinx, MkDocs, nbconvert and `pygmentize` find it where the package is installed. Elsewhere save this file as
`grad_lexer.py` and give it by name: `pygmentize -x -l grad_lexer.py:GradLexer lecture.grad`.
"""

from pygments.lexer import RegexLexer
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, Punctuation, String, Whitespace

__all__ = ["GradLexer"]


class GradLexer(RegexLexer):
    """A program of graphviz-grad: a computation, one assignment a line."""

    name = "graphviz-grad"
    aliases = ["grad", "graphviz-grad"]
    filenames = ["*.grad"]
    mimetypes = ["text/x-grad"]

    tokens = {
        "root": [
            ("\\\\?\\s+|\\\\", Whitespace),
            ("#:.*", Comment.Special),
            ("#.*", Comment.Single),
            ("(?:[rRuUbBfF]{1,2})?\"\"\"(?:\\\\[\\s\\S]|[^\\\\])*?\"\"\"", String),
            ("(?:[rRuUbBfF]{1,2})?'''(?:\\\\[\\s\\S]|[^\\\\])*?'''", String),
            ("(?:[rRuUbBfF]{1,2})?\"(?:[^\"\\\\\\n]|\\\\.)*\"", String),
            ("(?:[rRuUbBfF]{1,2})?'(?:[^'\\\\\\n]|\\\\.)*'", String),
            ("(?:[0-9][0-9_]*(?:\\.[0-9_]*)?|\\.[0-9][0-9_]*)(?:[eE][+-]?[0-9][0-9_]*)?|"
             "[¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|⁻?[²³¹⁰⁴⁵⁶⁷⁸⁹]+", Number),
            ("^(?:>>>|In \\[[0-9 ]*\\]:)", Generic.Prompt),
            ("(?:continue|nonlocal|finally|assert|except|global|import|lambda|return|async|await|"
             "break|class|raise|while|yield|elif|else|from|pass|with|and|def|del|for|not|try|as|"
             "if|in|is|or)(?![\\w_̀-ͯ])", Keyword),
            ("(?:False|None|True)(?![\\w_̀-ͯ])", Keyword.Constant),
            ("(?:ModuleNotFoundError|NotImplementedError|FloatingPointError|FileNotFoundError|"
             "KeyboardInterrupt|ZeroDivisionError|ArithmeticError|AssertionError|AttributeError|"
             "RecursionError|grad_and_value|requires_grad_|value_and_grad|BaseException|"
             "OverflowError|StopIteration|TensorDataset|kl_divergence|stop_gradient|RuntimeError|"
             "SimpleTensor|combinations|hard_sigmoid|permutations|Categorical|ImportError|"
             "LinAlgError|LookupError|OrderedDict|UserWarning|defaultdict|float_power|hardsigmoid|"
             "heappushpop|log_sigmoid|tree_leaves|true_divide|zip_longest|DataLoader|IndexError|"
             "ValueError|accumulate|hard_swish|isinstance|leaky_relu|logsigmoid|namedtuple|"
             "tanhshrink|Bernoulli|Exception|NameError|Parameter|TypeError|as_tensor|enumerate|"
             "factorial|fori_loop|gelu_tanh|gradients|hard_silu|hard_tanh|hardswish|log_expit|"
             "nsmallest|KeyError|Variable|absolute|callable|constant|deepcopy|gradient|hardtanh|"
             "heappush|identity|jacobian|logistic|multiply|negative|nlargest|pairwise|positive|"
             "reversed|softplus|softsign|subtract|tree_map|Counter|IOError|OSError|Warning|"
             "arccosh|arcsinh|arctan2|arctanh|asarray|float64|getattr|hasattr|heapify|heappop|"
             "hessian|maximum|minimum|partial|product|setattr|sigmoid|starmap|Normal|Scalar|"
             "Tensor|arccos|arcsin|arctan|detach|divide|divmod|double|filter|format|islice|jacfwd|"
             "jacrev|negate|reduce|sorted|square|tensor|tolist|xrange|Const|Value|acosh|array|"
             "asinh|atan2|atanh|chain|clamp|clone|deque|expit|expm1|field|finfo|float|floor|hypot|"
             "log10|log1p|logit|power|print|range|relu6|round|slice|super|swish|trunc|tuple|where|"
             "Node|acos|asin|atan|bool|cbrt|ceil|celu|clip|comb|copy|cosh|dict|erfc|fabs|gelu|"
             "grad|item|iter|list|log2|mish|next|perm|relu|repr|scan|selu|sign|silu|sinh|sqrt|"
             "tanh|type|vmap|Var|abs|add|all|any|bin|chr|cos|div|elu|erf|exp|fix|gcd|hex|int|jvp|"
             "len|log|map|max|min|mul|neg|oct|ord|pow|set|sgn|sin|str|sub|sum|tan|vjp|zip|"
             "ln)(?![\\w_̀-ͯ])(?=[ \\t]*\\()", Name.Builtin),
            ("(?:Transformer|activations|functional|tree_util|autograd|special|linalg|random|"
             "keras|numpy|scipy|stats|torch|func|init|math|tree|anp|jax|jnp|lax|nn|np|tf|"
             "F)(?![\\w_̀-ͯ])(?=[ \\t]*\\.)", Name.Namespace),
            ("(?:Inf|NaN|inf|nan|tau|pi|e)(?![\\w_̀-ͯ])(?![ \\t]*[=(])", Name.Constant),
            ("[^\\W0-9²³¹¼-¾⁰-⁹₀-₉⅐-↉](?:[^\\W²³¹¼-¾⁰-⁹₀-₉⅐-↉]|[̀-ͯ])*(?=[ \\t]*\\()", Name.Function),
            ("[^\\W0-9²³¹¼-¾⁰-⁹₀-₉⅐-↉](?:[^\\W²³¹¼-¾⁰-⁹₀-₉⅐-↉]|[̀-ͯ])*", Name),
            ("!==|\\*\\*=|\\.\\.\\.|//=|<<=|===|>>=|!=|%=|&&|\\*\\*|\\*=|\\+=|\\-=|\\->|//|/=|:=|<<|<=|<>|==|"
             ">=|>>|@=|\\^=|\\|\\||!|\\$|%|&|\\*|\\+|\\-|/|<|=|>|\\?|@|\\^|`|\\||~|[·×·•∗∙⋅✕⨯＊√]", Operator),
            ("[(){}\\[\\],:;.]", Punctuation),
        ],
    }
