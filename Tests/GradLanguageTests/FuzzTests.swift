import GradCore
import GradLanguage
import TestSupport
import Testing

/// Programs that nobody would write: each is read, and recorded or refused.
@Suite struct FuzzTests {
  private static let programs = [
    "a = 5; b = 3\nJ = 3 * (a + b*a)", "x = -2**2\ny = x if 0 < x < 3 else exp(-x)",
    "def f(x, y=2): return x*y\nJ = f(3) + f(x=1, y=2)",
    "def f(x):\n  y = x*x\n  return y\nz = f(2)",
    "a, b = 1, 2\na, b = b, a\nc = d = a",
    "x = torch.tensor(3.0)\ny = x.exp().clip(max=2)\ny.backward()",
    "c = 1\nc += 2; c **= 2\nwhere(c > 2, c, -c)", "θ = 1e-3\n權重 = .5 * θ # 好\n#: --style x",
    "import numpy as np\nJ = np.exp(1_000) \\\n  / max(1, 2, 3)",
    "\"\"\"doc\"\"\"\nx = float('inf')\nprint(x)",
    "x = 2\nfor i in range(3):\n  if i > 1: continue\n  x = x*i\nelse:\n  x += 1\ny = x",
    "n = 0\nwhile n < 4:\n  n += 1\n  if n == 3: break\ny = n*2.0",
    "xs = [1.0, 2.0]\nys = [v*v for v in xs if v > 1]\nxs.append(3)\ny = sum(ys) + xs[-1]",
    "d = {'a': 1.0, 'b': [2.0]}\nfor k, v in d.items(): print(k)\ny = d['a']*d['b'][0]",
    "class A:\n  def __init__(self, w):\n    self.w = w\n  def f(self, x): return self.w*x\na = A(2.0)\ny = a.f(3.0)",
    "f = lambda x, k=2: x**k\ndef g(h, *a):\n  def i(x): return h(x)\n  return i(a[0]), 1\ny, z = g(f, 3.0)",
    "A = np.array([[1., 2.], [3., 4.]])\nb = A[:, 0] @ A[1, ::-1]\nA[0] = b\ny = (A.T*b).sum(axis=0).max()",
    "np.random.seed(1)\nw = np.random.randn(2, 2)\nL = softmax(w).mean() + np.where(w > 0, w, 0).sum()",
    "net = nn.Sequential(nn.Linear(2, 1), nn.ReLU())\nnet[0].weight.data = torch.ones(1, 2)\nnn.init.zeros_(net[0].bias)\ny = net(torch.ones(2)).sum()",
    "class N(nn.Module):\n  def __init__(self, **k):\n    super().__init__()\n    self.a = nn.LayerNorm(2)\n  def forward(self, x): return self.a(x)\nn = N()\nn.load_state_dict({'a.bias': torch.ones(2)})\ny = n(torch.tensor([1., 2.])).sum()\ny.backward()",
    "r = np.random.default_rng(1)\nw = r.normal(size=(2, 2))\nr.shuffle(w)\nx, (y, z), = 1, (2., 3.)\nL = np.c_[w, w][~(w > 0)].sum()",
    "d = {}\nd[0] = np.zeros(2)\nd[0][1] = 2.\nX = np.loadtxt('a.csv')\nloss, g = value_and_grad(lambda p: p[0]*2)(d)",
    "@dataclass\nclass P:\n  w: float\n  b: float = 1\n  @property\n  def s(self): return self.w\np = P(2.)\nQ = namedtuple('Q', 'a b')\nq = Q(1, b=p.s)\ny = q.a*q[1]",
    "def g(n, *, k=2):\n  for i in range(n):\n    yield i*k\ns = set()\nd = defaultdict(float)\nfor v in g(3):\n  s.add(v)\n  d[0, 1] += v\ny = sum(g(2, k=3)) + reduce(lambda a, b: a*b, [1., d[0, 1]])",
    "xs = [3., 1.]\nxs.sort(key=lambda v: v, reverse=True)\nf = jax.vmap(lambda v: v*2)\nh, ys = jax.lax.scan(lambda h, v: (h*v, h), 1., jnp.array(xs))\ny = sum(f(jnp.array(xs))) + h + round(2.5, 1)",
    "y = jax.grad(lambda v: v**2)(3.) + jax.jit(jax.nn.gelu)(1.)\nz = lax.fori_loop(0, 2, lambda i, v: v + i, y)\nt = jax.tree_util.tree_map(lambda p: p*2, {'a': [z]})\nL = t['a'][0]",
    "def f(n): return 1 if n < 2 else n*f(n - 1)\ny = f(4)\na, *b = [1, 2, 3]\nc = a in b and b is not None",
  ]
  private static let pieces = [
    "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "=", "==", "**", "*", "/", "+", "-", "<",
    "\n",
    "\r\n", "\t", "  ", "\\", "\\\n", "#", "#:", "\"", "'", "\"\"\"", "def ", "def f(x): ",
    "return ",
    "while ", "elif ", "else:", "break", "continue", "class A:", "self.", "[0]", "[:", "::", "...",
    "//",
    "nn.", ".weight", ".data", ".fill_(", ".backward()", "**k", "(x, (y, z))", "self", ".grad",
    "np.c_[",
    "yield ", "@property\n", "*, ", ".sort(key=", "jax.vmap(", "lambda v: ", "jax.grad(", "set(",
    ".add(",
    "None", " in ", " is ", "range(", "len(", "sum(", "zip(", ".append(", ".T", ".shape", "@ ",
    "@=", "*a",
    "{'a': 1}", "[i for i in x]", "np.zeros(", "axis=0", ".sum(", "%=",
    "if ", " else ", "lambda ", "for ", "import ", "from ", " as ", "not ", " and ", " or ", "True",
    "e", "pi", "x", "f(", "f", "exp(", "max(", "where(", ".exp()", "np.", "1", "1e", "1_", "0x",
    ".5",
    "1e999", "nan", "inf", "θ", "権", "e\u{301}", "\u{202E}", "\u{200B}", "\u{0}", "\u{FEFF}", "½",
    "×", "^", "@", "!", "?", "~", "%", "&", "|", ":=", "->", "--title 'a", "👩‍👩‍👧", "\u{301}",
  ]

  private static func mutated(_ random: inout SeededRandom) -> [UInt8] {
    var bytes = Array(programs[Int.random(in: programs.indices, using: &random)].utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1:
        let end = min(bytes.count, place + Int.random(in: 0...8, using: &random))
        bytes.removeSubrange(place..<end)
      case 2:
        let other = Array(programs[Int.random(in: programs.indices, using: &random)].utf8)
        let begin = Int.random(in: 0..<other.count, using: &random)
        let end = min(other.count, begin + Int.random(in: 1...12, using: &random))
        bytes.insert(contentsOf: other[begin..<end], at: place)
      default:
        let piece = pieces[Int.random(in: pieces.indices, using: &random)]
        bytes.insert(contentsOf: piece.utf8, at: place)
      }
    }
    return bytes
  }

  private static func noise(_ random: inout SeededRandom) -> [UInt8] {
    if Bool.random(using: &random) {
      return (0..<Int.random(in: 0...24, using: &random)).map { _ in
        .random(in: 0...255, using: &random)
      }
    }
    return (0..<Int.random(in: 0...16, using: &random)).flatMap { _ in
      Array(pieces[Int.random(in: pieces.indices, using: &random)].utf8)
    }
  }

  /// Reads, records and prints; says what cannot be true of any program.
  private static func complaint(_ bytes: [UInt8], _ count: Int) -> String? {
    let source = Source("fuzz", bytes: bytes)
    let program = Program(source)
    var diagnostics: [Diagnostic]
    do {
      let (trace, warnings) = try program.trace(nodeLimit: 1000)
      diagnostics = warnings
      if Set(trace.nodes.map(\.id)).count != trace.nodes.count { return "two nodes share an id" }
      if warnings.contains(where: { $0.severity == .error }) { return "an error was no error" }
    } catch {
      diagnostics = error.diagnostics
      if !diagnostics.contains(where: { $0.severity == .error }) { return "refused without a word" }
    }
    for diagnostic in diagnostics {
      guard let span = diagnostic.span else { return "no place: \(diagnostic)" }
      if span.start.line < 1 || span.start.column < 1 { return "no place: \(diagnostic)" }
      if diagnostic.message.isEmpty { return "no message: \(diagnostic)" }
    }
    if count % 8 == 0 {
      let text = DiagnosticPrinter.text.print(diagnostics, true)
      let json = DiagnosticPrinter.json.print(diagnostics, false)
      if text.isEmpty != diagnostics.isEmpty || json.isEmpty { return "nothing printed" }
    }
    return nil
  }

  @Test(arguments: 1...4) func anyText(_ part: Int) {
    let seed = UInt64.random(in: 0 ... .max)
    print("seed of part \(part): \(seed)")
    var random = SeededRandom(seed: seed)
    for count in 0..<2_500 {
      let bytes = count % 4 == 0 ? Self.noise(&random) : Self.mutated(&random)
      if let complaint = Self.complaint(bytes, count) {
        Issue.record(
          "\(complaint) (seed \(seed), program \(count)): \(String(decoding: bytes, as: UTF8.self).debugDescription)"
        )
        return
      }
    }
  }

  @Test func anySetting() {
    let seed = UInt64.random(in: 0 ... .max)
    print("seed of settings: \(seed)")
    var random = SeededRandom(seed: seed)
    for _ in 0..<5000 {
      let bytes = Array("a=1".utf8) + Self.noise(&random)
      if let settings = try? InputValue.parse(Source("--set", bytes: bytes)), settings.isEmpty {
        Issue.record("no setting and no word: \(bytes) (seed \(seed))")
      }
    }
  }
}
