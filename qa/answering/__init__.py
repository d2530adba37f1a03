"""Executing a Plan: a module for each family of questions, all writing through a `Writer`."""
