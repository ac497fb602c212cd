stwasm-profile 1
code f21bc62350b4c1a7 TestCase>>runCase
bytecodes 2200
activation 29 20
send 46 200 ensure:
  receiver 200 BlockClosure
end
