"""The look: contrast of the tokens, the components, the error pages, the files of others."""
