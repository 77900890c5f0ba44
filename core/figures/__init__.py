"""The figures of the pages under «Análisis», each from the summary rows."""
