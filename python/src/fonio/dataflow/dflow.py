"""The data flow kernel and its loader under Parsl's module name."""

from fonio._dfk import DataFlowKernel
from fonio._loader import DataFlowKernelLoader

__all__ = ["DataFlowKernel", "DataFlowKernelLoader"]
