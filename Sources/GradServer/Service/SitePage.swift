/// What the pages of the server have in common.
enum SitePage {
  /// The beginning of a page, up to its body.
  ///
  /// - Parameters:
  ///   - title: What it is called, before the name of the project.
  ///   - name: The name of its own style and script.
  /// - Returns: The text, without a line break at its end.
  static func head(_ title: String, _ name: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title) – graphviz-grad</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/assets/site.css">
    <link rel="stylesheet" href="/assets/\(name).css">
    <script type="module" src="/assets/\(name).js"></script>
    </head>
    """
  }
}
