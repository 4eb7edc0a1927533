/// The codes of the language's diagnostics.
enum Code: String, CaseIterable, Sendable {
  // The text.
  case invalidUTF8 = "invalid-utf8"
  case controlCharacter = "control-character"
  case bidirectionalControl = "bidirectional-control"
  case invisibleCharacter = "invisible-character"
  case unexpectedCharacter = "unexpected-character"
  case lookalike = "lookalike-character"
  case sourceTooLarge = "source-too-large"
  case notAProgram = "not-a-program"
  case notebook = "notebook"

  // Words and lines.
  case malformedNumber = "malformed-number"
  case unterminatedString = "unterminated-string"
  case indentation = "indentation"
  case mixedIndentation = "mixed-indentation"
  case unclosedBracket = "unclosed-bracket"
  case unmatchedBracket = "unmatched-bracket"
  case nestingTooDeep = "nesting-too-deep"
  case badOption = "bad-option"

  // Expressions and statements.
  case expectedExpression = "expected-expression"
  case missingOperator = "missing-operator"
  case unexpectedToken = "unexpected-token"
  case missingElse = "missing-else"
  case invalidTarget = "invalid-target"
  case comparisonStatement = "comparison-statement"
  case unsupportedStatement = "unsupported-statement"
  case unsupportedOperator = "unsupported-operator"
  case unsupportedExpression = "unsupported-expression"
  case arrays = "arrays"
  case tupleCount = "tuple-count"

  // Functions of the program.
  case badDefinition = "bad-definition"
  case duplicateParameter = "duplicate-parameter"
  case missingReturn = "missing-return"
  case returnOutsideFunction = "return-outside-function"
  case recursion = "recursion"
  case calledBeforeDefinition = "called-before-definition"

  // Names and calls.
  case undefinedName = "undefined-name"
  case unknownFunction = "unknown-function"
  case wrongArguments = "wrong-arguments"
  case unknownKeyword = "unknown-keyword"
  case notAFunction = "not-a-function"
  case functionAsValue = "function-as-value"
  case unknownAttribute = "unknown-attribute"
  case comparisonAsValue = "comparison-as-value"

  // Values of a program that runs.
  case wrongType = "wrong-type"
  case indexOutOfRange = "index-out-of-range"
  case missingKey = "missing-key"
  case raised = "raised"
  case callsTooDeep = "calls-too-deep"
  case tooManyStatements = "too-many-statements"
  case holdsItself = "holds-itself"
  case file = "file"
  case interrupted = "interrupted"

  // The program as a whole.
  case emptyProgram = "empty-program"
  case unknownOutput = "unknown-output"
  case tooManyNodes = "too-many-nodes"
  case computedSetting = "computed-setting"
  case unknownSetting = "unknown-setting"
  case invalidSetting = "invalid-setting"
  // The trace of a program, in its place.
  case badTrace = "bad-trace"
  case needsProgram = "needs-program"

  /// There is more to say than is said; always the last.
  case more = "more"

  // Warnings.
  case noEffect = "no-effect"
  case notFinite = "not-finite"
  case lateOptions = "late-options"
  case guessedOutput = "guessed-output"
  case firstPass = "first-pass"
}
