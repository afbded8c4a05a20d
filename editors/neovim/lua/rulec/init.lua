-- rulec in Neovim 0.7 or later:
--
--   vim.opt.runtimepath:append("/path/to/editors/neovim")
--   require("rulec").setup()
--
-- Options: `cmd`, the program and its words; `policies`, folders or files, where folders do not tell which files
-- belong together; `keys = false` to set your own keys.

local M = {}

local clients = {}

--- The folder to open: that of the version control, or the file's own.
local function root_of(path)
  local found = vim.fn.finddir(".git", vim.fn.fnamemodify(path, ":h") .. ";")
  if found ~= "" then
    return vim.fn.fnamemodify(found, ":p:h:h")
  end
  return vim.fn.fnamemodify(path, ":p:h")
end

--- Shows the explanation that `rulec.run` gives back, in a small window.
local function show_explanation(error, result)
  if error then
    vim.notify(error.message, vim.log.levels.ERROR)
  elseif result and result.explanation then
    local lines = vim.split(result.result .. "\n\n" .. result.explanation, "\n")
    vim.lsp.util.open_floating_preview(lines, "plaintext", { border = "rounded", focus_id = "rulec" })
  end
end

--- The commands of lenses. `rulec.run` goes to the server; places are shown in the list of places.
local commands = {
  ["rulec.showPlaces"] = function(command)
    local places = command.arguments[3]
    local items = vim.lsp.util.locations_to_items(places, "utf-16")
    vim.fn.setqflist({}, " ", { title = command.title, items = items })
    vim.cmd("copen")
  end,
  ["rulec.run"] = function(command, context)
    local client = vim.lsp.get_client_by_id(context.client_id)
    client.request("workspace/executeCommand", {
      command = command.command, arguments = command.arguments,
    }, show_explanation, context.bufnr)
  end,
}

local function set_keys(buffer)
  local function map(key, action)
    vim.keymap.set("n", key, action, { buffer = buffer, silent = true })
  end
  map("K", vim.lsp.buf.hover)
  map("gd", vim.lsp.buf.definition)
  map("gr", vim.lsp.buf.references)
  map("<leader>rn", vim.lsp.buf.rename)
  map("<leader>ca", vim.lsp.buf.code_action)
  map("<leader>f", vim.lsp.buf.format or vim.lsp.buf.formatting)
  map("<leader>cl", vim.lsp.codelens.run)
  map("[d", vim.diagnostic.goto_prev)
  map("]d", vim.diagnostic.goto_next)
end

--- Starts `rulec lsp` for a buffer, or attaches it to the one that serves its folder already.
function M.attach(buffer, options)
  local path = vim.api.nvim_buf_get_name(buffer)
  local root = root_of(path)
  if not clients[root] then
    local capabilities = vim.lsp.protocol.make_client_capabilities()
    capabilities.textDocument.completion.completionItem.snippetSupport = options.snippets or false
    clients[root] = vim.lsp.start_client({
      name = "rulec",
      cmd = options.cmd or { "rulec", "lsp" },
      root_dir = root,
      workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
      capabilities = capabilities,
      init_options = { policies = options.policies, commands = { "rulec.showPlaces" } },
      commands = commands,
      on_attach = function(client, attached)
        vim.bo[attached].omnifunc = "v:lua.vim.lsp.omnifunc"
        if options.keys ~= false then
          set_keys(attached)
        end
        vim.api.nvim_create_autocmd({ "BufEnter", "InsertLeave", "TextChanged" }, {
          buffer = attached,
          callback = function() vim.lsp.codelens.refresh() end,
        })
      end,
      on_exit = function() clients[root] = nil end,
    })
  end
  if clients[root] then
    vim.lsp.buf_attach_client(buffer, clients[root])
  end
  return clients[root]
end

function M.setup(options)
  options = options or {}
  vim.api.nvim_create_autocmd("FileType", {
    pattern = "rules",
    callback = function(event) M.attach(event.buf, options) end,
  })
end

return M
