import Foundation
import Testing

/// The verbs that write matrices of derivatives: what they print, what they refuse.
@Suite struct MatrixVerbTests {
  private let two = "x = 3; y = 2; u = x*y; v = x - u"
  private let arrays =
    "W = np.array([[1.0, 2, 3], [4, 5, 6]]); x = np.array([1.0, 0, 2]); y = W @ x"

  @Test func jacobianInEveryTextFormat() throws {
    try Tool.inFolder { tool in
      let asked = ["jacobian", "-e", two, "--of", "u,v"]
      let table = try tool.run(asked)
      #expect(table.status == 0 && table.messages == "")
      #expect(
        table.output == """
          Jacobian of u and v by x and y
          ==============================

              x   y
          u   2   3
          v  −1  −3

          """)
      let json = try tool.run(asked + ["--format", "json"]).output
      #expect(json.contains("\"schema\": \"graphviz-grad/jacobian/1\""))
      #expect(json.contains("\"rows\": [\"u\", \"v\"],\n  \"columns\": [\"x\", \"y\"],"))
      #expect(json.contains("[2, 3],\n    [-1, -3]"))
      let markdown = try tool.run(asked + ["--format", "markdown"]).output
      #expect(markdown.contains("| $v$ | $-1$ | $-3$ |"))
      #expect(try tool.run(asked + ["-o", "j.tex"]).status == 0)
      #expect(tool.text("j.tex").contains("$v$ & $-1$ & $-3$ \\\\"))
      let chinese = try tool.run(asked + ["--language", "zh-Hant"]).output
      #expect(chinese.hasPrefix("u、v 對 x、y 的雅可比矩陣\n"))
    }
  }

  @Test func aFigureHasTheNamesOfItsSides() throws {
    try Tool.inFolder { tool in
      let asked = ["jacobian", "-e", two, "--of", "u,v"]
      #expect(try tool.run(asked + ["-o", "j.svg"]).status == 0)
      let svg = tool.text("j.svg")
      #expect(svg.contains("by x and y. Columns: x, y. Row u: 2, 3. Row v: −1, −3."))
      #expect(svg.contains(">−3<"))
      let heat = try tool.run(
        ["jacobian", "-e", arrays, "--arrays", "heat", "-T", "svg", "--theme", "dark"]).output
      #expect(heat.contains("2 rows and 9 columns, numbers from 0 to 6. 8 of 18 are 0."))
      #expect(heat.contains("6 in row y[1], column x[2]."))
      for format in ["png", "webp", "jpg", "pdf", "eps", "tikz", "typ", "drawio"] {
        #expect(try tool.run(asked + ["-T", format, "-o", "figure"]).status == 0, "\(format)")
      }
    }
  }

  @Test func productsWithVectors() throws {
    try Tool.inFolder { tool in
      let asked = ["jacobian", "-e", two, "--of", "u,v"]
      func last(_ arguments: [String]) throws -> [Substring] {
        let result = try tool.run(asked + arguments)
        #expect(result.status == 0 && result.messages == "", "\(result.messages)")
        return result.output.split(separator: "\n").suffix(2)
      }
      #expect(try last(["--direction-vector", "x=1,y=-1"]) == ["u   −1", "v    2"])
      #expect(try last(["--direction-vector", "y=-1/2"]) == ["u  −1.5", "v   1.5"])
      #expect(try last(["--direction-vector", "-1,2"]) == ["u    4", "v   −5"])
      #expect(try last(["--seed-vector", "u=1,v=2"]).last == "uᵀ·J  0  −3")
      try tool.write("1,0,0\n0,1,0\n", to: "w.csv")
      for vector in ["W=@w.csv", "W=[[1,0,0],[0,1,0]]", "W[0,0]=1,W[1,1]=1"] {
        let result = try tool.run(["jacobian", "-e", arrays, "--direction-vector", vector])
        #expect(result.output.hasSuffix("y[0]    1\ny[1]    0\n"), "\(result.messages)")
      }
    }
  }

  @Test(arguments: [
    (["--of", "u,w"], "--of: no node is called 'w'"),
    (["--of", "w"], "no node is called 'w'"),
    (["--wrt", "z"], "--wrt: unknown node 'z'"),
    (["--wrt", "u"], "--wrt: 'u' is computed, and no input"),
    (["--direction-vector", "1,2,3"], "--direction-vector: 3 numbers for 2 inputs"),
    (["--direction-vector", "z=1"], "--direction-vector: unknown input 'z'"),
    (["--direction-vector", "u=1"], "--direction-vector: unknown input 'u'"),
    (["--direction-vector", "x=[1,2]"], "'x' takes 1 number, and 2 numbers are given"),
    (["--direction-vector", "x=1,2"], "some numbers have a name and others have none"),
    (["--direction-vector", "x=1/0"], "which is no direction"),
    (["--direction-vector", "x=abc"], "'abc' is no number"),
    (["--direction-vector", "x=@none.npy"], "--direction-vector: cannot read 'none.npy'"),
    (["--seed-vector", "1,2"], "--seed-vector: 2 numbers for 1 output"),
    (["--seed-vector", "1", "--direction-vector", "1,2"], "two sides of the matrix"),
    (["--arrays", "shape"], "a matrix has no look 'shape'"),
    (["-o", "j.gif"], "gif"),
  ])
  func whatIsWrongIsSaid(arguments: [String], message: String) throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["jacobian", "-e", two] + arguments)
      #expect(result.status != 0 && result.output == "")
      #expect(result.messages.contains(message), "\(result.messages)")
      #expect(result.messages.contains("help:") || message.contains("none.npy"))
    }
  }

  @Test func whatIsTooLargeIsRefused() throws {
    try Tool.inFolder { tool in
      let program = "X = np.ones((21, 20)); b = 1.0; y = X + b"
      let result = try tool.run(["jacobian", "-e", program])
      #expect(result.status == 1)
      #expect(
        result.messages.contains(
          "--of: a matrix of 420 by 421 has 176820 entries, and 400 are the most"),
        "\(result.messages)")
      // A product with a vector has no such limit.
      let product = try tool.run(
        ["jacobian", "-e", program, "--direction-vector", "b=1", "--of", "y[0,0]"])
      #expect(product.output.hasSuffix("y[0, 0]    1\n"), "\(product.messages)")
    }
  }

  // MARK: Second derivatives

  private let rosenbrock = "x = 0; y = 2; f = 100*(y - x**2)**2 + (1 - x)**2"

  @Test func hessian() throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["hessian", "-e", rosenbrock])
      #expect(result.status == 0 && result.messages == "")
      #expect(
        result.output == """
          Hessian of f
          ============

          f = 401 at x = 0, y = 2

          dx = −2 and dy = 400

                x    y
          x  −798    0
          y     0  200

          """)
      let json = try tool.run(["hessian", "-e", rosenbrock, "-T", "json"]).output
      #expect(json.contains("\"gradient\": [-2, 400]") && json.contains("[-798, 0],\n    [0, 200]"))
      let product = try tool.run(["hessian", "-e", rosenbrock, "--direction-vector", "x=1,y=0.5"])
      #expect(product.output.hasSuffix("x  −798\ny   100\n"), "\(product.output)")
      #expect(try tool.run(["hessian", "-e", rosenbrock, "-o", "h.svg"]).status == 0)
      #expect(tool.text("h.svg").contains("Row x: −798, 0. Row y: 0, 200."))
      let kink = try tool.run(["hessian", "-e", "x = 0; h = relu(x); y = h*x"])
      let words = "h has a kink here, at which its second derivative is taken as 0"
      #expect(kink.output.contains(words))
    }
  }

  @Test(arguments: [
    (["--of", "f,x"], "--of: a Hessian is of one output, and 2 are named"),
    (["--of", "w"], "no node is called 'w'"),
    (["--wrt", "z"], "--wrt: unknown node 'z'"),
    (["--direction-vector", "1,2,3"], "--direction-vector: 3 numbers for 2 inputs"),
    (["--set", "W=1"], "W"),
  ])
  func whatIsWrongWithAHessianIsSaid(arguments: [String], message: String) throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["hessian", "-e", rosenbrock] + arguments)
      #expect(result.status != 0 && result.output == "")
      #expect(result.messages.contains(message), "\(result.messages)")
      #expect(result.messages.contains("help:"), "\(result.messages)")
    }
  }

  @Test func aHessianIsOfOneNumberAndNotTooLarge() throws {
    try Tool.inFolder { tool in
      let array = try tool.run(["hessian", "-e", arrays])
      #expect(array.status == 1)
      #expect(array.messages.contains("'y' is an array of (2,), and an output is one number"))
      let large = try tool.run(["hessian", "-e", "x = np.ones(21); J = np.sum(x**2)"])
      #expect(
        large.messages.contains(
          "--wrt: a Hessian by 21 numbers has 441 entries, and 400 are the most"))
    }
  }

  @Test func secondDerivativesAgreeWithDifferences() throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["gradcheck", "-e", rosenbrock, "--order", "2"])
      #expect(result.status == 0)
      #expect(
        result.output == """
          by  and by  second derivative  numerical
          x   x                    −798       −798  ok
          x   y                       0          0  ok
          y   y                     200        200  ok

          3 second derivatives checked.

          """)
      let json = try tool.run(["gradcheck", "-e", rosenbrock, "--order", "2", "-T", "json"]).output
      #expect(json.contains("\"order\": 2") && json.contains("\"name\": \"x\", \"by\": \"y\""))
      let kink = try tool.run(["gradcheck", "-e", "x = 0; y = relu(x)**2 + x*x", "--order", "2"])
      #expect(kink.status == 0 && kink.output.contains("the derivative is 2 from the left"))
      let array = try tool.run(
        ["gradcheck", "-e", "x = np.array([1.0, 2]); J = np.sum(np.exp(x))**2", "--order", "2"])
      #expect(array.status == 0 && array.output.contains("x[0]  x[1]"), "\(array.output)")
      let third = try tool.run(["gradcheck", "-e", rosenbrock, "--order", "3"])
      #expect(third.status == 64 && third.messages.contains("--order: '3' is neither 1 nor 2"))
    }
  }

  @Test func exercisesOnNewtonsMethod() throws {
    try Tool.inFolder { tool in
      let quartic = "x = 2; y = x**4 - 2*x**2"
      let asked = ["exercise", "-e", quartic, "--newton", "2"]
      #expect(try tool.run(asked + ["-o", "n.md"]).status == 0)
      #expect(tool.files == ["n.md", "n.svg"])
      #expect(tool.text("n.md").contains("$x \\gets 2 - 24 / 44 = 1.4545455$"))
      #expect(tool.text("n.md").contains("= 1.1510468$"))
      #expect(!tool.text("n.svg").contains("data-derivative"))
      #expect(try tool.run(asked + ["-o", "n.tex"]).status == 0)
      let chinese = try tool.run(asked + ["--language", "zh-Hant"])
      #expect(chinese.output.hasPrefix("# 練習：以牛頓法處理 $y$"))
      func messages(_ program: String, _ steps: String = "1") throws -> String {
        try tool.run(["exercise", "-e", program, "--newton", steps]).messages
      }
      #expect(try messages(quartic, "0").contains("--newton: '0' is no number of steps"))
      #expect(
        try messages("x = 1; y = 3*x").contains(
          "--newton: the Hessian at x = 1 has no inverse, so that step 1 leads nowhere"))
      #expect(
        try messages("x = np.array([1.0, 2]); J = np.sum(x**2)").contains(
          "--newton: 'x' is an array"))
      #expect(
        try messages("a=1; b=2; c=3; d=4; y=a*b*c*d").contains("--newton: 4 inputs are 4 equations")
      )
    }
  }

  @Test func entriesHaveMatricesToo() throws {
    try Tool.inFolder { tool in
      let program = "W = array([[1, 2.], [3, 4]]); y = W @ W"
      let hessian = try tool.run(
        [
          "hessian", "-e", program, "--of", "y[0, 1]", "--wrt", "W[0, 0],W[1, 0],W[0, 1]", "-T",
          "json",
        ])
      #expect(hessian.status == 0 && hessian.messages == "", "\(hessian.messages)")
      #expect(hessian.output.contains("\"output\": \"y[0, 1]\""))
      #expect(hessian.output.contains("\"gradient\": [2, 0, 5]"))
      #expect(hessian.output.contains("    [0, 0, 1],\n    [0, 0, 0],\n    [1, 0, 0]\n"))
      let jacobian = try tool.run(
        ["jacobian", "-e", program, "--of", "y[0, 1]", "--wrt", "W[0, 0],W[1,1]"])
      #expect(jacobian.output.hasSuffix("y[0, 1]        2        2\n"), "\(jacobian.output)")
      let figure = try tool.run(["hessian", "-e", program, "--of", "y[1,1]", "-o", "h.svg"])
      #expect(figure.status == 0 && tool.text("h.svg").contains("Hessian of y[1, 1]"))
      let wrong = try tool.run(["hessian", "-e", program, "--of", "y[5, 1]"])
      #expect(wrong.status == 1 && wrong.messages.contains("--of: "), "\(wrong.messages)")
    }
  }
}
