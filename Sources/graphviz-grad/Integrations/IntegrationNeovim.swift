import GradEditor
import GraphvizGrad

extension Integration {
  /// The server and colours for Neovim.
  static let neovim = Integration(
    name: "neovim",
    summary: "the server and colours for Neovim",
    text: """
      -- \(note("neovim"))
      -- Save as ~/.config/nvim/plugin/graphviz-grad.lua; it needs Neovim 0.7 or newer and no plugin.
      -- Values stand behind the lines from Neovim 0.10 on; K tells the chain rule at the name.
      local colours = [[
      \(Highlighting.language.vimSyntax)]]

      local server = { name = "graphviz-grad", cmd = { "graphviz-grad", "lsp" } }

      local function attach(buffer)
        local root = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":p:h")
        if vim.lsp.start then
          vim.lsp.start(vim.tbl_extend("force", server, { root_dir = root }), { bufnr = buffer })
        else
          local id = vim.lsp.start_client(vim.tbl_extend("force", server, { root_dir = root }))
          if id then vim.lsp.buf_attach_client(buffer, id) end
        end
        vim.keymap.set("n", "K", vim.lsp.buf.hover, { buffer = buffer })
        if vim.lsp.inlay_hint and vim.lsp.inlay_hint.enable then
          vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
        end
      end

      local function paint(buffer)
        if not vim.api.nvim_buf_is_valid(buffer) then return end
        vim.api.nvim_buf_call(buffer, function()
          vim.cmd("syntax clear")
          for line in colours:gmatch("[^\\n]+") do vim.cmd(line) end
        end)
      end

      local group = vim.api.nvim_create_augroup("graphviz_grad", {})
      vim.api.nvim_create_autocmd({ "BufNewFile", "BufRead" }, {
        group = group,
        pattern = "*.grad",
        callback = function(event) vim.bo[event.buf].filetype = "grad" end,
      })
      vim.api.nvim_create_autocmd("FileType", {
        group = group,
        pattern = "grad",
        callback = function(event)
          vim.bo[event.buf].commentstring = "# %s"
          paint(event.buf)
          attach(event.buf)
        end,
      })
      -- :syntax on looks for a file of colours, which there is not, and takes away those that it finds.
      vim.api.nvim_create_autocmd("Syntax", {
        group = group,
        pattern = "grad",
        callback = function(event) vim.schedule(function() paint(event.buf) end) end,
      })

      """)
}
