import GradFigure

extension LessonWords {
  /// Traditional Chinese.
  public static let traditionalChinese = LessonWords(
    language: "zh-Hant",
    space: "", list: { Prose.list($0, comma: "、", last: "、") },
    title: { output in "逐步求 \(output) 的導數" },
    forward: { output in "前向：由輸入到 \(output)" },
    given: { inputs in "已知：\(inputs)。" },
    computed: "每個數值都由前面的數值算出：",
    backward: { output, inputs in
      if let inputs { "反向：由 \(output) 到 \(inputs)" } else { "反向：由 \(output) 到輸入" }
    },
    start: { derivative in "反向由 \(derivative) 開始。" },
    direct: { node, output in "\(output) 直接由 \(node) 算出。" },
    through: { node, output, users in
      let list = Prose.list(users, comma: "、", last: "、")
      return users.count == 1
        ? "\(node) 經由 \(list) 影響 \(output)。"
        : "\(node) 經由 \(list) 影響 \(output)，各路傳回的量相加。"
    },
    reused: { derivatives in
      "\(Prose.list(derivatives, comma: "、", last: "、")) 前面已求得，在此重複使用。"
    },
    unused: { node, output in "\(output) 的計算用不到 \(node)。" },
    gradient: { derivatives in "對各輸入的導數：\(derivatives)。" },
    saved: "反向傳播省下多少",
    counted: { operations, partials, inputs in
      "本程式有 \(operations) 個運算、\(partials) 個局部偏導數、\(inputs) 個輸入。"
        + "局部偏導數在前向時已知；每用一次需一次乘法，數個乘積相會處需加法。"
    },
    backwardCost: { cost, inputs in
      "反向掃描一次：\(cost.multiplications) 次乘法、\(cost.additions) 次加法，"
        + "共 \(cost.total) 次運算，得到全部 \(inputs) 個導數。"
    },
    forwardCost: { sum, total in "前向模式，每個輸入掃描一次：\(sum)\(total) 次運算。" },
    nudgeCost: { sum, total in
      "每個輸入各微調一次，重算其後的一切，再求差與商：\(sum)\(total) 次運算，所得導數並不精確。"
    },
    tableTitle: { output in "\(output) 的求值軌跡" },
    primal: "前向數值軌跡 ↓", tangent: "前向切線軌跡 ↓", adjoint: "反向伴隨軌跡 ↑",
    nudgeTitle: { node, amount in "\(node) 微調 \(amount)" },
    name: "名稱", before: "之前", after: "之後", change: "變化",
    exercise: { output in "練習：\(output) 的導數" },
    studentName: "姓名：", task: { inputs in "已知 \(inputs)，請填入圖中的空格。" },
    fillIn: "問題", key: "解答", variant: { seed in "第 \(seed) 卷" })
}
