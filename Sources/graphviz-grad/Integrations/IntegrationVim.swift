import GradEditor
import GraphvizGrad

extension Integration {
  /// Colours for Vim, and the server for its plugins.
  static let vim = Integration(
    name: "vim",
    summary: "colours for Vim, and the server for vim-lsp",
    text: """
      " \(note("vim"))
      " Save as ~/.vim/plugin/graphviz-grad.vim. The server is used where the plugin vim-lsp is installed.
      augroup graphviz_grad
        autocmd!
        autocmd BufNewFile,BufRead *.grad setfiletype grad
        autocmd FileType grad setlocal commentstring=#\\ %s
        autocmd FileType grad call s:colours()
        " :syntax on looks for a file of colours, which there is not, and takes away those that it finds.
        autocmd Syntax grad if has('timers') | call timer_start(0, {timer -> s:repaint()}) | endif
        autocmd User lsp_setup call lsp#register_server({
          \\ 'name': 'graphviz-grad', 'cmd': {info -> ['graphviz-grad', 'lsp']}, 'allowlist': ['grad']})
      augroup END

      function! s:repaint() abort
        if &filetype ==# 'grad' && exists('g:syntax_on') | call s:colours() | endif
      endfunction

      function! s:colours() abort
        syntax clear
      \(Highlighting.language.vimSyntax.indented)
      endfunction

      """)
}

extension String {
  /// The same lines two blanks further in.
  var indented: String {
    split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
  }
}
