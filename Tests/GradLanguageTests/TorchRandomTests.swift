import GradCore
import Testing

@testable import GradLanguage

/// Numbers that PyTorch printed, to all digits that they have.
@Suite struct TorchRandomTests {
  private func trace(_ text: String) throws -> Trace {
    try Program(Source("r.py", text: "import torch\nimport torch.nn as nn\n" + text)).trace().trace
  }

  private func expect(_ trace: Trace, _ name: String, _ numbers: [Double]) {
    let node = trace.nodes.last { $0.name == name }
    #expect(node?.array?.entries == numbers || node.map { [$0.value] } == numbers, "\(name)")
  }

  @Test func oneStream() throws {
    let trace = try trace(
      """
      torch.manual_seed(42)
      a = torch.rand(3)
      b = torch.randn(3)
      c = torch.randint(0, 10, (5,))
      d = torch.randperm(6)
      e = torch.randn(17)[-3:]
      f = torch.normal(2., .5, (2,))
      g = torch.rand(2, dtype=torch.float64)
      h = torch.randn(16, dtype=torch.float64)[:2]
      J = a.sum()
      """)
    expect(trace, "a", [0.8822692632675171, 0.9150039553642273, 0.38286375999450684])
    expect(trace, "b", [-0.829319179058075, -1.6137069463729858, -0.21470452845096588])
    expect(trace, "c", [4, 0, 4, 1, 2])
    expect(trace, "d", [5, 1, 0, 4, 2, 3])
    expect(trace, "e", [2.2667179107666016, 1.1789509057998657, -0.43445441126823425])
    expect(trace, "f", [2.149467706680298, 2.2263827323913574])
    expect(trace, "g", [0.13043349263210446, 0.2518552209413236])
    expect(trace, "h", [-0.664142915806146, 0.6551143052731048])
  }

  @Test func layersAndStarts() throws {
    let trace = try trace(
      """
      torch.manual_seed(0)
      l = nn.Linear(2, 2)
      e = nn.Embedding(2, 2)
      c = nn.Conv2d(1, 1, 2)
      x = nn.Parameter(torch.empty(2, 2))
      nn.init.xavier_normal_(x)
      r = nn.GRUCell(1, 1)
      drop = nn.functional.dropout(torch.ones(6), 0.5)
      m = torch.multinomial(torch.tensor([.1, .5, .4]), 2)
      g = torch.Generator().manual_seed(2147483647)
      k = torch.randn((2, 2), generator=g)
      J = l.weight.sum() + l.bias.sum() + e.weight.sum() + c.weight.sum() + c.bias.sum()
      J = J + x.sum() + r.weight_hh.sum() + drop.sum() + m.sum() + k.sum()
      """)
    expect(
      trace, "l.weight",
      [-0.005293981172144413, 0.37932288646698, -0.5819807648658752, -0.5203874707221985])
    expect(trace, "l.bias", [-0.27234524488449097, 0.1896158903837204])
    expect(
      trace, "e.weight",
      [1.2644586563110352, -0.6874263882637024, 0.1603812575340271, -0.6064512133598328])
    expect(
      trace, "c.weight",
      [-0.20611155033111572, 0.018521785736083984, 0.19766759872436523, 0.30001139640808105])
    expect(trace, "c.bias", [-0.3389705419540405])
    expect(
      trace, "x",
      [-0.031877439469099045, 0.6220380663871765, 0.7411937117576599, -0.03146658092737198])
    // The parameter is one input, which was filled where it stood.
    #expect(trace.nodes.count { $0.name == "x" } == 1)
    expect(
      trace, "r.weight_hh", [-0.38979995250701904, 0.8640007972717285, -0.6481796503067017])
    expect(trace, "drop", [0, 0, 2, 0, 2, 0])
    expect(trace, "m", [1, 2])
    expect(
      trace, "k",
      [-0.9800073504447937, -1.6578478813171387, -0.05716622993350029, -0.34085410833358765])
  }

  /// What a program of Python seeds in a function of its own, and an initialiser that is applied from the
  /// innermost layer outwards.
  @Test func aFunctionThatSeeds() throws {
    let trace = try trace(
      """
      def set_seed(seed):
        torch.manual_seed(seed)
        torch.cuda.manual_seed_all(seed)
      def start(m):
        if isinstance(m, nn.Linear):
          nn.init.normal_(m.weight, std=0.5)
      set_seed(3)
      net = nn.Sequential(nn.Linear(1, 2), nn.Linear(2, 1))
      net.apply(start)
      J = net[0].weight.sum() + net[1].weight.sum()
      """)
    expect(trace, "net[0].weight", [0.22136995196342468, -0.07255014777183533])
    expect(trace, "net[1].weight", [-0.27376511693000793, 0.20981666445732117])
  }

  /// What is only shown draws from the same stream.
  @Test func whatIsShownIsDrawn() throws {
    let text = "torch.manual_seed(0)\nprint(torch.rand(2))\nx = torch.rand(2)\nJ = x.sum()"
    expect(try trace(text), "x", [0.08847743272781372, 0.13203048706054688])
    let inText = "torch.manual_seed(0)\nprint(f'{torch.rand(2)}')\nx = torch.rand(2)\nJ = x.sum()"
    expect(try trace(inText), "x", [0.08847743272781372, 0.13203048706054688])
    for shown in [
      "plt.plot(torch.rand(2))", "torch.rand(2).shape", "torch.rand(2), 3",
      "plt.title(f'{torch.rand(2)}')", "assert torch.rand(2).shape == (2,)",
    ] {
      #expect(throws: ProgramError.self, "\(shown)") {
        try trace("torch.manual_seed(0)\n\(shown)\nx = torch.rand(2)\nJ = x.sum()")
      }
    }
    // What a pass of a loop shows comes before what the next one draws.
    #expect(throws: ProgramError.self) {
      try trace(
        """
        torch.manual_seed(0)
        J = 0
        for i in range(2):
            J = J + torch.rand(2).sum()
            plt.plot(torch.rand(2))
        """)
    }
    let last = "torch.manual_seed(0)\nx = torch.rand(2)\nJ = x.sum()\nplt.plot(torch.rand(2))"
    expect(try trace(last), "x", [0.49625658988952637, 0.7682217955589294])
  }

  /// PyTorch lets a number have an axis of one entry.
  @Test func axesOfNumbers() throws {
    let trace = try trace(
      """
      x = torch.tensor(2.0, requires_grad=True)
      y = torch.softmax(x, dim=0)
      z = torch.cumsum(x * 3, dim=-1)
      J = y + z
      J.backward()
      """)
    expect(trace, "y", [1])
    expect(trace, "z", [6])
    #expect(trace.nodes.first { $0.name == "x" }?.derivative == 3)
  }

  @Test(arguments: [
    "w = torch.randn(3)\nJ = w.sum()", "l = nn.Linear(2, 1)\nJ = l(torch.ones(2)).sum()",
    "J = nn.functional.dropout(torch.ones(3)).sum()",
  ]) func withoutASeed(_ text: String) {
    do {
      _ = try trace(text)
      Issue.record("numbers without a seed are known: \(text)")
    } catch let error as ProgramError {
      #expect(error.diagnostics.first?.help?.contains("torch.manual_seed(0)") ?? false)
    } catch {
      Issue.record("\(error)")
    }
  }
}

/// Numbers that JAX printed.
@Suite struct ThreefryTests {
  @Test func keys() throws {
    let text = """
      import jax, jax.numpy as jnp
      from jax import random as jr
      key = jax.random.PRNGKey(42)
      a, b = jax.random.split(key)
      u = jax.random.uniform(a, (3,), minval=-1., maxval=2.)
      i = jr.randint(b, (5,), -3, 10)
      p = jr.permutation(key, 7)
      n = jax.random.normal(jax.random.fold_in(key, 5), (3,))
      c = jr.bernoulli(b, .3, (6,))
      J = jnp.sum(u) + jnp.sum(n) + jnp.sum(c)
      """
    let trace = try Program(Source("r.py", text: text)).trace().trace
    let expected: [(String, [Double])] = [
      ("u", [0.5907824039459229, -0.05991363525390625, 1.7045907974243164]),
      ("i", [6, 1, 8, 3, 5]), ("p", [4, 2, 5, 3, 6, 0, 1]),
      ("n", [-0.2166011929512024, -1.9878021478652954, -0.6106022596359253]),
      ("c", [0, 0, 1, 1, 1, 1]),
    ]
    for (name, numbers) in expected {
      #expect(trace.nodes.last { $0.name == name }?.array?.entries == numbers, "\(name)")
    }
  }

  @Test func whatIsNotRead() throws {
    for text in [
      "import jax\nx = jax.random.gamma(jax.random.key(0), 2.0, (2,))\nJ = x.sum()",
      "import tensorflow as tf\ntf.random.set_seed(1)\nx = tf.random.normal((2,))\nJ = x",
    ] {
      #expect(throws: ProgramError.self) { try Program(Source("r.py", text: text)).trace() }
    }
  }
}
