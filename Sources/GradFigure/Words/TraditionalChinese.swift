extension Words {
  /// Traditional Chinese.
  public static let traditionalChinese = Words(
    language: "zh-Hant",
    heading: { output in "\(output) 的計算圖" },
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
    input: "輸入", operation: "運算", output: "輸出", blank: "待填",
    moved: "微調前 → 微調後", faintUnmoved: "淡色：不受影響",
    faintOffPath: { node in "淡色：不在由 \(node) 出發的路徑上" },
    faintDead: "淡色：導數無法通過",
    fillIn: { names in "請填入：\(names.joined(separator: "、"))。" },
    unused: "淡色：輸出與它無關。",
    detached: "淡色：stop_gradient 不讓導數通過。",
    inactive: "淡色：ReLU 的輸入不為正，導數無法通過。",
    passedOver: { operation in "淡色：\(operation) 取了別的值，導數無法通過。" },
    beginsHere: { value in "\(value) 由此開始。" })
}
