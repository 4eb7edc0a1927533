import GraphvizRenderer

extension SlideFormat {
  /// A film for pages, by ffmpeg.
  public static let webm = film(
    FileKind(
      name: "webm", fileExtension: "webm", mediaType: "video/webm", isText: false,
      usesFonts: true, note: Note(.nowhere)),
    ["-c:v", "libvpx-vp9", "-crf", "18", "-b:v", "0", "-row-mt", "1"])
}
