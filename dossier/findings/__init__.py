"""What is made of findings: every code with its meaning, the levels that a site sets, and what it allows.

docs/findings.md lists the codes for those who meet them; it is made from what stands in `codes`. Builds need
`policy` alone, which asks for the codes only where a site sets levels or allows something.
"""
