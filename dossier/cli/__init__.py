"""The command line: arguments, exit codes, and what people see. The one room that knows click and rich.

Exit codes: 0 fine, 1 findings or a build that failed, 2 wrong usage, 130 interrupted.
"""
