# Asciidoctor: blocks of the style grad are drawn. Save as graphviz-grad.rb, and name it on the command line:
#
#   asciidoctor -r ./graphviz-grad.rb notes.adoc
#
#   .The cost, forward and back
#   [grad#fig-cost,width=60%]
#   ----
#   a = 5
#   J = 3 * a
#   ----
#
# graphviz-grad @VERSION@ is to be on the PATH, or its path in the variable GRAPHVIZ_GRAD.
require 'asciidoctor'
require 'asciidoctor/extensions'
require 'digest'
require 'fileutils'
require 'json'
require 'open3'

# Draws the program of a block, and puts an image in its place.
class GradBlock < Asciidoctor::Extensions::BlockProcessor
  include Asciidoctor::Logging
  use_dsl

  named :grad
  on_contexts :listing, :literal, :paragraph
  parse_content_as :raw

  OPTIONS = '@OPTIONS@'.split
  # What a block of Asciidoctor has of its own has another name: grad-style, grad-title.
  TAKEN = %w[style title]
  # What the image has beside its size.
  KEPT = %w[role align float link window scaledwidth pdfwidth]

  # How sharp pictures on paper are.
  DPI = 288

  def process(parent, reader, attrs)
    program = reader.lines.join("\n") + "\n"
    document = parent.document
    # Asciidoctor PDF reads SVG with letters of Latin-1 alone: minus signs and Greek would be lost.
    format = %w[manpage pdf].include?(document.backend) ? 'png' : 'svg'
    asked = asked_of(attrs)
    asked << "dpi=#{DPI}" if format == 'png' && asked.grep(/\A(dpi|scale)=/).empty?
    file = document.attr('docfile')
    command = ENV['GRAPHVIZ_GRAD'] || 'graphviz-grad'
    found, said, status = Open3.capture3(
      file ? { 'GRAPHVIZ_GRAD_SOURCE' => file } : {}, command, 'filter', 'block', format, *asked,
      stdin_data: program)
    unless status.success?
      logger.error(said.strip)
      return create_listing_block(parent, program.chomp, attrs.reject { |name, _| name == 'style' })
    end
    logger.warn(said.strip) unless said.strip.empty?
    figure = JSON.parse(found)
    parent << create_listing_block(parent, program.chomp, {}) if figure['echo']
    image_block(parent, document, figure, format, attrs)
  rescue Errno::ENOENT
    logger.error("the command '#{command}' is not found; install graphviz-grad, or set GRAPHVIZ_GRAD to its path")
    create_listing_block(parent, program.chomp, {})
  end

  private

  # The attributes as words of the command line.
  def asked_of(attrs)
    names = OPTIONS - TAKEN + %w[alt width height]
    words = attrs.select { |name, _| names.include?(name) }.map { |name, value| "#{name}=#{value}" }
    words += attrs.filter_map { |name, value| "#{$1}=#{value}" if name.to_s =~ /\Agrad-(.+)/ }
    # A word that stands alone is a flag; the first one is the style of the block.
    words + attrs.filter_map { |name, value| "#{value}=true" if name.is_a?(Integer) && name > 1 && value }
  end

  def image_block(parent, document, figure, format, attrs)
    bytes = figure['mediaType'] == 'image/svg+xml' ? figure['picture'] : figure['picture'].unpack1('m')
    id = attrs['id'] || (figure['name'] unless figure['name'].empty?)
    name = "#{id ? id.gsub(/[^\w-]/, '-') : "grad-#{Digest::SHA256.hexdigest(bytes)[0, 16]}"}.#{format}"
    # Pages take images from beside themselves, all else from beside the document.
    base = document.basebackend?('html') && document.options[:to_dir] || document.attr('docdir', '.')
    folder = document.attr('imagesoutdir') || File.expand_path(document.attr('imagesdir', ''), base)
    FileUtils.mkdir_p(folder)
    path = File.join(folder, name)
    File.binwrite(path, bytes) unless File.exist?(path) && File.binread(path) == bytes.b
    sizes = %w[width height].to_h { |size| [size, figure[size]] }.reject { |_, value| value.empty? }
    # The writer of PDF does not read how large a picture of pixels is meant to be.
    sizes['width'] = natural_width(bytes.b).to_s if document.backend == 'pdf' && sizes.empty? && format == 'png'
    title = attrs['title'] || (figure['caption'] unless figure['caption'].empty?)
    create_image_block(parent, {
      'target' => name, 'alt' => figure['alternative'], **sizes, **attrs.select { |key, _| KEPT.include?(key) },
      **(id ? { 'id' => id } : {}), **(title ? { 'title' => title } : {}) })
  end

  # The width of a PNG in pixels of a page, 96 an inch.
  def natural_width(png)
    pixels, per_metre = png[16, 4].unpack1('N'), png[/pHYs(.{4})/mn, 1].unpack1('N')
    (pixels * 96 / (per_metre * 0.0254)).round
  end
end

Asciidoctor::Extensions.register { block GradBlock }
