"""The text of a law, regulation or standard as a user has it becomes a tree of 编章节条款项目."""
