stwasm-profile 1
code 46e95153798e1c1c SequenceableCollection>>reverseDo:
bytecodes 30176
activation 17 22
send 18 22 size
  receiver 22 Array
send 22 2022 >=
  receiver 2022 SmallInteger
jump 23 22 2000
send 28 2000 at:
  receiver 2000 Array
send 29 2000 value:
  receiver 2000 BlockClosure
send 33 2000 +
  receiver 2000 SmallInteger
end
