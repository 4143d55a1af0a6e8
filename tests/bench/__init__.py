"""What pages cost, measured in one run beside a bare page: `make bench N=6000`."""
