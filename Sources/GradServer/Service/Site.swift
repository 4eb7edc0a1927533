import GradBase

/// The pages and their files, which are part of the program.
enum Site {
  /// The answer to a request for a page or a file of one; `nil` for another.
  static func answer(_ request: HTTPRequest, _ parts: [String], isPreview: Bool) -> HTTPResponse? {
    switch parts {
    case [""]: return isPreview ? page(previewPage, request) : page(playground, request)
    case ["playground"]: return page(playground, request)
    case ["assets", parts.last]: return files[parts[1]].map { page($0, request) }
    default: return nil
    }
  }

  /// The editor with a live figure.
  static let playground = html(PlaygroundPage.text)
  /// The programs of a folder, or one of them.
  static let previewPage = html(PreviewPage.text)

  private static let files: [String: HTTPResponse] = [
    "site.css": file("text/css", PackageResources.site_css),
    "playground.css": file("text/css", PackageResources.playground_css),
    "preview.css": file("text/css", PackageResources.preview_css),
    "editor.js": file("text/javascript", PackageResources.editor_js),
    "highlight.js": file("text/javascript", PackageResources.highlight_js),
    "options.js": file("text/javascript", PackageResources.options_js),
    "playground.js": file("text/javascript", PackageResources.playground_js),
    "preview.js": file("text/javascript", PackageResources.preview_js),
    "programs.js": file("text/javascript", PackageResources.programs_js),
    "share.js": file("text/javascript", PackageResources.share_js),
  ]

  private static func file(_ type: String, _ bytes: [UInt8]) -> HTTPResponse {
    var response = HTTPResponse("\(type); charset=utf-8", bytes)
    var digest = FNV1a()
    digest.add(bytes[...])
    response["ETag"] = "\"\(String(digest.value, radix: 16))\""
    // It is asked for again each time, and mostly answered with "still the same".
    response["Cache-Control"] = "no-cache"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Referrer-Policy"] = "no-referrer"
    return response
  }

  private static func html(_ text: String) -> HTTPResponse {
    var response = file("text/html", Array(text.utf8))
    // Its own files and figures, and nothing of anybody else.
    response["Content-Security-Policy"] =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
      + "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
      + "frame-ancestors 'self'"
    return response
  }

  private static func page(_ response: HTTPResponse, _ request: HTTPRequest) -> HTTPResponse {
    guard let known = request[header: "if-none-match"], let tag = response["ETag"],
      Service.matches(known, tag)
    else { return response }
    var same = HTTPResponse(.notModified)
    same.headers = response.headers.filter { $0.name != "Content-Type" }
    return same
  }
}
