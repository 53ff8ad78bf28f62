import CommandLine
import Glibc

exit(Program(.process()).run().number)
