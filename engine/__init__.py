"""Runs any BPMN process: executes, times, repairs and explains it. Knows neither Flask nor any one application."""
