extension PageWords {
  /// Traditional Chinese.
  static let traditionalChinese = PageWords(
    language: "zh-Hant",
    phrases: [
      .figure: "圖", .steps: "步驟", .inputs: "輸入", .chainRule: "連鎖律",
      .first: "第一步", .back: "上一步", .next: "下一步", .last: "最後一步",
      .stepSlider: "步驟", .position: "第 {step} 步，共 {last} 步",
      .inputsHint: "鍵入數字、移動滑桿，或在圖中拖曳輸入。",
      .chainRuleHint: "在圖中選一個節點，即可看到它的連鎖律與通往輸出的路徑。",
      .keys: "方向鍵、Home 與 End 可逐步移動。",
      .valueOf: "{name} 的值", .sliderOf: "{name} 的滑桿", .reset: "還原所有輸入",
      .nudge: "微調 {name}", .nudgeChosen: "微調它", .by: "微調量",
      .node: "節點", .before: "之前", .after: "之後", .change: "變化",
      .beside: "{quotient}，對照 {derivative}",
      .flipped: "在這些輸入下，條件「{condition}」的結果會改變。本頁仍沿用記錄時的分支。",
    ])
}
