import GraphvizGrad
import Testing

/// The traces of the samples, written and read again.
@Suite struct SampleTraceTests {
  @Test(arguments: Sample.all, Detail.allCases)
  func aTraceReadsBackAsItIsWritten(_ sample: Sample, _ detail: Detail) throws {
    let text = try Computation(parsing: sample.text()).trace.detailed(detail).json()
    #expect(try Trace(json: text).json() == text)
  }

  @Test(arguments: Sample.all)
  func aTraceIsDrawnAsItsProgram(_ sample: Sample) throws {
    let trace = try Computation(parsing: sample.text()).trace
    for style in Style.all {
      var options = PictureOptions()
      options.figure.style = style
      let program = try trace.picture(.svg, options)
      #expect(try Trace(json: trace.json()).picture(.svg, options).bytes == program.bytes)
    }
  }
}
