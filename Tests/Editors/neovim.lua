-- `rulec lsp`, driven by Neovim without a screen, by the configuration in editors/neovim: every feature that it has.
-- Run by Tests/editors.sh: nvim --headless -u NONE -c 'luafile Tests/Editors/neovim.lua', with RULEC, ROOT and FOLDER set.

local failures, passed = 0, 0

local function check(name, fine, found)
  if fine then
    passed = passed + 1
    io.write("  ", name, "\n")
  else
    failures = failures + 1
    io.write("! ", name, ": ", vim.inspect(found), "\n")
  end
end

local function main()
  vim.opt.runtimepath:append(os.getenv("ROOT") .. "/editors/neovim")
  vim.cmd("filetype plugin on")
  vim.cmd("runtime ftdetect/rules.lua")
  require("rulec").setup({ cmd = { os.getenv("RULEC"), "lsp" } })
  vim.cmd("edit " .. os.getenv("FOLDER") .. "/letters.rules")
  local buffer = vim.api.nvim_get_current_buf()

  local function wait(fits)
    return vim.wait(10000, fits, 20)
  end

  local function codes()
    return vim.tbl_map(function(d) return d.code or (d.user_data and d.user_data.lsp.code) end, vim.diagnostic.get(buffer))
  end

  --- The place of some words, a letter inside; lines from 0.
  local function place(words, number)
    local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
    for row, line in ipairs(lines) do
      local start = 1
      while true do
        local found = line:find(words, start, true)
        if not found then break end
        number = (number or 1) - 1
        if number == 0 then return row - 1, found - 1 end
        start = found + 1
      end
    end
    error("no " .. words)
  end

  local function go(words, number, inside)
    local row, column = place(words, number)
    vim.api.nvim_win_set_cursor(0, { row + 1, column + (inside or 1) })
  end

  local function ask(method, parameters)
    local answers = vim.lsp.buf_request_sync(buffer, method, parameters, 10000)
    for _, answer in pairs(answers or {}) do
      if answer.error then return nil, answer.error.message end
      return answer.result
    end
  end

  local function replace(words, new)
    local row, column = place(words)
    vim.api.nvim_buf_set_text(buffer, row, column, row, column + #words, { new })
  end

  local here = vim.lsp.util.make_position_params
  local file = { textDocument = vim.lsp.util.make_text_document_params() }

  check("the file is one of rules", vim.bo.filetype == "rules", vim.bo.filetype)
  check("the server is attached", wait(function() return #vim.lsp.buf_get_clients(buffer) == 1 or next(vim.lsp.buf_get_clients(buffer)) ~= nil end))
  wait(function()
    for _, client in pairs(vim.lsp.buf_get_clients(buffer)) do return client.initialized end
  end)

  replace("prefers plain and", "prefers plian and")
  check("a mistyped value is shown", wait(function() return codes()[1] == "unknown-value" end), codes())
  local diagnostic = vim.diagnostic.get(buffer)[1]
  check("it is shown where it is", diagnostic and diagnostic.lnum == 16 and diagnostic.col == 27, diagnostic)
  go("plian")
  local parameters = vim.lsp.util.make_range_params()
  parameters.context = { diagnostics = {} }
  local actions = ask("textDocument/codeAction", parameters)
  check("a cure is offered", actions and actions[1] and actions[1].title == "write `plain`", actions)
  vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
  check("the cure cures", wait(function() return #vim.diagnostic.get(buffer) == 0 end), codes())

  go("recipient prefers", 2)
  local hover = ask("textDocument/hover", here())
  check("hover", hover and vim.inspect(hover.contents):find("recipient does not prefer", 1, true), hover)
  go("serious purposes", 2)
  local found = ask("textDocument/definition", here())
  check("definition", found and #found == 1 and found[1].range.start.line == 10, found)
  go("consent note", 1)
  parameters = here()
  parameters.context = { includeDeclaration = true }
  found = ask("textDocument/references", parameters)
  check("references", found and #found == 3, found)
  found = ask("textDocument/documentHighlight", here())
  check("highlights", found and #found == 3, found)

  go("because we", 1, 0)
  vim.api.nvim_win_set_cursor(0, { vim.api.nvim_win_get_cursor(0)[1], 2 })
  found = ask("textDocument/completion", here())
  local items = found and (found.items or found)
  check("completion", items and vim.tbl_contains(vim.tbl_map(function(i) return i.label end, items), "overrides"), items)

  found = ask("textDocument/documentSymbol", file)
  check("outline", found and #found > 8, found)
  found = ask("workspace/symbol", { query = "parent" })
  check("search for names", found and found[1] and found[1].name == "A parent asks for plain email", found)
  found = ask("textDocument/foldingRange", file)
  check("folding", found and #found >= 4, found)
  found = ask("textDocument/semanticTokens/full", file)
  check("colours", found and #found.data > 100, found)
  local whole = { start = { line = 0, character = 0 }, ["end"] = { line = 99, character = 0 } }
  wait(function()
    found = ask("textDocument/inlayHint", vim.tbl_extend("error", file, { range = whole }))
    return found and #found > 0
  end)
  check("hints", found and found[1] and found[1].label:find("Whoever asked", 1, true), found)
  wait(function()
    found = ask("textDocument/codeLens", file)
    return found and found[1] and found[1].command.title:find("passes", 1, true)
  end)
  check("lenses", found and found[1].command.title:find("passes", 1, true), found)
  for _, lens in ipairs(found or {}) do
    if lens.command.title == "run" then
      local result = ask("workspace/executeCommand", { command = lens.command.command, arguments = lens.command.arguments })
      check("run", result and result.passed and result.explanation:find("The decision is", 1, true), result)
    end
  end

  go("complaint")
  parameters = here()
  parameters.newName = "bill"
  local _, refusal = ask("textDocument/rename", parameters)
  check("a name that is taken is refused", refusal and refusal:find("already", 1, true), refusal)
  parameters.newName = "grievance"
  found = ask("textDocument/rename", parameters)
  vim.lsp.util.apply_workspace_edit(found, "utf-16")
  check("a name is changed here", vim.api.nvim_buf_get_lines(buffer, 0, 1, true)[1]:find("grievance", 1, true), found)
  local list = vim.fn.bufnr("serious.txt")
  check("and in the list", list > 0 and vim.api.nvim_buf_get_lines(list, 0, 1, true)[1] == "grievance", list)

  replace("  then send plain with", "        then send plain with")
  found = ask("textDocument/formatting", vim.tbl_extend("error", file, { options = { tabSize = 2, insertSpaces = true } }))
  vim.lsp.util.apply_text_edits(found, buffer, "utf-16")
  local row = place("then send plain with")
  check("layout", vim.api.nvim_buf_get_lines(buffer, row, row + 1, true)[1]:find("^  then"), found)

  local clients = vim.lsp.buf_get_clients(buffer)
  for id in pairs(clients) do vim.lsp.stop_client(id) end
  check("the server ends", wait(function() return next(vim.lsp.get_active_clients()) == nil end))
end

local fine, problem = xpcall(main, debug.traceback)
if not fine then
  failures = failures + 1
  io.write("! ", tostring(problem), "\n")
end
io.write(passed, " passed, ", failures, " failed\n")
vim.cmd(failures == 0 and "qa!" or "cq!")
