extension Language {
  /// Traditional Chinese.
  public static let traditionalChinese = Language(
    tag: "zh-Hant", figure: figureWords, sheet: sheetWords, page: pageWords, matrix: matrixWords,
    newton: newtonWords)

  private static let figureWords = FigureWords(
    heading: { output in "\(output) 的計算圖" },
    sum: { result, inputs, derivative, count in
      let from = Prose.list(inputs, comma: "、", last: "、")
      let start: Prose = inputs.isEmpty ? Prose(result) : "\(result)，由 \(from) 算出"
      guard let derivative else { return start + "。" }
      return count == 1
        ? "\(start)；其導數為 \(derivative)。"
        : "\(start)；對輸入的 \(count) 個導數中，最大的是 \(derivative)。"
    },
    forward: { values in "前向傳播，由輸入到輸出：\(values.joined(separator: "；"))。" },
    backward: { rules in "反向傳播，由輸出到輸入：\(rules.joined(separator: "；"))。" },
    tangents: { seed, rules in "對 \(seed) 的導數，與數值同行：\(rules.joined(separator: "；"))。" },
    given: { inputs in
      inputs.isEmpty ? "沒有輸入。" : "已知：\(inputs.joined(separator: "，"))。"
    },
    start: { derivative in "由輸出開始反向：\(derivative)。" },
    paths: { derivative, count, _ in "\(derivative) 經 \(count) 條路徑：" },
    value: "數值（前向）", derivative: "導數（反向）", tangent: "導數（前向）",
    partial: "局部偏導數", contribution: "對導數的貢獻", product: "導數 · 局部偏導數 = 貢獻",
    valueAbove: "線上方：數值", derivativeBelow: "線下方：導數",
    valueLeft: "線左側：數值", derivativeRight: "線右側：導數",
    input: "輸入", operation: "運算", output: "輸出", tableValue: "數值", tableDerivative: "導數",
    tableTangent: "導數", inputAgain: "重複畫出的輸入",
    drawnAgain: "重複畫出；導數寫在第一個方框。", blank: "待填",
    moved: "微調前 → 微調後", faintUnmoved: "淡色：不受影響",
    faintOffPath: { node in "淡色：不在由 \(node) 出發的路徑上" },
    faintDead: "淡色：導數無法通過",
    fillIn: { names in "請填入：\(names.joined(separator: "、"))。" },
    folded: { inside, all, boxes in
      MathText("\(all) 個運算中有 \(inside) 個在 \(boxes) 個方框裡；每個運算只在一個方框裡。")
    },
    foldedInputs: { inside, all, boxes in
      MathText("\(all) 個輸入中有 \(inside) 個在 \(boxes) 個方框裡。")
    },
    firstPass: { count in MathText(count.map { "\($0) 次迴圈中的第一次" } ?? "迴圈的第一次") },
    kinks: { nodes in
      var text = MathText()
      for (place, node) in nodes.enumerated() { text += place == 0 ? node : "、" + node }
      return text + " 正在折點上：此處的二階導數算作 0。"
    },
    hiddenInputs: { count in MathText("\(count) 個輸入在所屬呼叫的方框裡。") },
    operations: { count in MathText("\(count) 個運算") },
    inputs: { count in MathText("\(count) 個輸入") },
    offPath: { node in "不在 \(node) 的路徑上" },
    foldValues: { box, range in "\(box)：值 \(range)" },
    foldDerivatives: { box, range in "\(box)：導數 \(range)" },
    continued: { call in "\(call)（續）" },
    unused: "淡色：輸出與它無關。",
    detached: "淡色：stop_gradient 不讓導數通過。",
    inactive: "淡色：ReLU 的輸入不為正，導數無法通過。",
    passedOver: { operation in "淡色：\(operation) 取了別的值，導數無法通過。" },
    beginsHere: { value in "\(value) 由此開始。" }, arrays: arrayWords, descent: descentWords)

  private static let descentWords = DescentWords(
    step: { number, count, loss in "第 \(number) 步，共 \(count) 步：\(loss)" }, axis: "步",
    sentence: { step, values in "\(step)；\(values.joined(separator: "、"))。" },
    derivatives: { derivatives in "導數：\(derivatives.joined(separator: "、"))。" },
    next: { rules in "接著 \(rules.joined(separator: "；"))。" },
    title: "梯度下降", rate: "學習率", one: "1 步", several: { "\($0) 步" }, again: "重新開始",
    noRate: "學習率須為正數，例如 0.1。",
    now: { number, loss in "第 \(number) 步：\(loss)" },
    leadsNowhere: { name in "再走一步 \(name) 就不再是有限數：請用較小的學習率。" },
    noInverse: "此處的黑塞矩陣沒有反矩陣，因此沒有下一步。",
    singular: { step in "到此為止：第 \(step) 步的黑塞矩陣沒有反矩陣。" },
    stops: { step, name in "到此為止：第 \(step) 步的 \(name) 不再是有限數。" },
    summary: { optimizer, rate, names, output, first, last, count in
      "梯度下降（\(optimizer)，學習率 \(rate)），參數 \(names.joined(separator: "、"))："
        + "\(output) 在 \(count) 步內由 \(first) 變為 \(last)。"
    })

  private static let arrayWords = ArrayWords(
    summary: { shape, range, norm in "\(shape)，\(range)，範數 \(norm)" },
    entries: { count in MathText("\(count) 個元素") },
    moved: { count, largest in "\(count) 個元素改變，變化最大的是 \(largest)" },
    means: { block, range in "\(block) 平均：\(range)" },
    more: { count in MathText("另有 \(count) 個") }, overRows: "（沿列）", overColumns: "（沿行）",
    overAxes: { axes in "（沿軸 \(axes)）" }, reshaped: { shape in "重排為 \(shape)" },
    into: { "放入 [\($0)]" }, outside: { "除 [\($0)] 外" }, part: { "第 \($0) 部分" },
    partOf: { "第 \($0) 部分，屬" },
    backThrough: { "經 \($0) 返回" })

  private static let sheetWords = SheetWords(
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
    higher: { order in order == 2 ? "二階導數" : "二階與三階導數" },
    backwardAgain: "反向傳播本身也是計算，因此可以再微分一次：",
    saved: "反向傳播省下多少",
    counted: { operations, partials, inputs in
      "本程式有 \(operations) 個運算、\(partials) 個局部偏導數、\(inputs) 個輸入。"
        + "局部偏導數在前向時已知；每用一次需一次乘法，數個乘積相會處需加法。"
    },
    backwardCost: { multiplications, additions, inputs in
      "反向掃描一次：\(multiplications) 次乘法、\(additions) 次加法，"
        + "共 \(multiplications + additions) 次運算，得到全部 \(inputs) 個導數。"
    },
    forwardCost: { sum, total in "前向模式，每個輸入掃描一次：\(sum)\(total) 次運算。" },
    nudgeCost: { sum, total in
      "每個輸入各微調一次，重算其後的一切，再求差與商：\(sum)\(total) 次運算，所得導數並不精確。"
    },
    tableTitle: { output in "\(output) 的求值軌跡" },
    primal: "前向數值軌跡 ↓", tangent: "前向切線軌跡 ↓", adjoint: "反向伴隨軌跡 ↑",
    higherTangent: { order in order == 2 ? "二階切線 ↓" : "三階切線 ↓" },
    higherAdjoint: { order in order == 2 ? "二階導數" : "三階導數" },
    nudgeTitle: { node, amount in "\(node) 微調 \(amount)" },
    name: "名稱", before: "之前", after: "之後", change: "變化",
    most: { name, shape, count in "\(name)，\(shape) 中 \(count) 個元素改變，此變化最大" },
    exercise: { output in "練習：\(output) 的導數" },
    studentName: "姓名：", task: { inputs in "已知 \(inputs)，請填入圖中的空格。" },
    fillIn: "問題", key: "解答", variant: { seed in "第 \(seed) 卷" })

  private static let pageWords = PageWords(
    figure: "圖", steps: "步驟", inputs: "輸入", chainRule: "連鎖律",
    panel: "輸入、微調與路徑", nudgeTitle: "微調", paths: "路徑",
    cannotCompute: { operation, node in
      "本頁無法重新計算「\(operation)」（\(node)）：不能修改輸入、微調或逐步播放。所有數值與繪製時相同。"
    },
    largeInputs: { names in "太大，無法在此修改：\(names)。" },
    readInputs: { names in "不能在此修改：\(names)。程式的比較、索引或條件取決於它，換了數值，程式可能走另一條路。" },
    first: "第一步", back: "上一步", next: "下一步", last: "全部步驟",
    play: "播放", pause: "暫停",
    stepSlider: "步驟", position: { step, last in "第 \(step) 步，共 \(last) 步" },
    zooms: "圖的大小", zoomIn: "放大", zoomOut: "縮小", fit: "整張圖",
    search: "搜尋名稱", matches: { count in "找到 \(count) 個" },
    match: { number, count, name in "第 \(number) 個，共 \(count) 個：\(name)" },
    nothingNamed: { text in "沒有名為「\(text)」的節點。" },
    inputsHint: "鍵入數字、移動滑桿，或在圖中拖曳輸入。",
    chainRuleHint: "在圖中選一個節點：連鎖律顯示在節點旁，通往輸出的路徑顯示在這裡。",
    numbersLater: { step in "數值在第 \(step) 步出現。" }, close: "關閉",
    openBox: { box in "展開 \(box)" }, closeBox: { box in "收合 \(box)" },
    valueOf: { name in "\(name) 的值" }, sliderOf: { name in "\(name) 的滑桿" },
    noNumber: { name, value in "請鍵入數字；\(name) 仍為 \(value)。" },
    notANumber: { text, name, value in "「\(text)」不是數字；\(name) 仍為 \(value)。" },
    tooLarge: { text, name, value in "\(text) 超出數值範圍；\(name) 仍為 \(value)。" },
    reset: "還原所有輸入",
    nudge: { name in "微調 \(name)" }, nudgeChosen: "微調它", by: "微調量",
    noNudge: "請鍵入 0 以外的數字。",
    node: "節點", before: "之前", after: "之後", change: "變化",
    beside: { quotient, derivative in "\(quotient)，對照 \(derivative)" },
    flipped: { condition in "在這些輸入下，條件「\(condition)」的結果會改變。本頁仍沿用記錄時的分支。" },
    kinkCrossed: "在這些輸入下越過了轉折點（如 relu 或 max），其後的反向傳播是另一個計算。本頁仍沿用記錄時的計算，因此所示導數在此不成立。",
    keys: "按鍵", keySteps: "上一步、下一步", keyEnds: "第一步、全部步驟", keyPlay: "播放、暫停",
    keyNodes: "在圖中：逐個節點移動", keyChoose: "選擇節點、展開方框", keyZoom: "放大、縮小、整張圖",
    keyPan: "移動圖", keySearch: "搜尋名稱", keyLeave: "取消選擇", keyHelp: "這份按鍵表")

  private static let newtonWords = NewtonWords(
    title: { output in "練習：以牛頓法處理 \(output)" },
    task: { given, count, inputs in
      "已知 \(given)，由此以牛頓法走 \(count) 步，移動 \(inputs)：在每一點求出導數與二階導數，再求下一點。"
    },
    rule: { rule in "每一步的規則：\(rule)。" },
    system: { output in
      "每一步解方程組 H · s = g，其中 g 為 \(output) 的各導數，H 為其二階導數，再減去 s。"
    },
    step: { number in "第 \(number) 步" })

  private static let matrixWords = MatrixWords(
    hessian: { output in "\(output) 的黑塞矩陣" },
    jacobian: { outputs, inputs in
      let (of, by) = (
        Prose.list(outputs, comma: "、", last: "、"), Prose.list(inputs, comma: "、", last: "、")
      )
      return "\(of) 對 \(by) 的雅可比矩陣"
    },
    outputs: { count in MathText("\(count) 個輸出") },
    inputs: { count in MathText("\(count) 個輸入") },
    product: { product, matrix in "\(product)：\(matrix)" },
    point: { value, inputs in
      inputs.isEmpty ? value : "\(value)，其中 \(inputs.joined(separator: "、"))"
    },
    gradient: { equations in "梯度：\(equations.joined(separator: "、"))。" },
    sentence: { text in "\(text)。" },
    columns: { names in "各行：\(names.joined(separator: "、"))。" },
    row: { name, numbers in "\(name) 列：\(numbers.joined(separator: "、"))。" },
    size: { rows, columns, least, largest in
      "\(rows) 列、\(columns) 行，數值從 \(least) 到 \(largest)。"
    },
    zeros: { count, all in "\(all) 個中有 \(count) 個為 0。" },
    largest: { number, row, column in "\(row) 列、\(column) 行為 \(number)。" },
    kink: { node in "\(node) 在此處不可微，其二階導數取為 0" })
}
