"""The sections of a proposal: which sentences, tables and pictures stand where."""
