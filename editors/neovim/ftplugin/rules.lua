vim.bo.commentstring = "# %s"
vim.bo.comments = "b:-,:#"
vim.bo.shiftwidth = 2
vim.bo.expandtab = true
