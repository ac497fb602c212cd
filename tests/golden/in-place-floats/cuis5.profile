stwasm-profile 1
code 845cb039cc81d81a Delay>>adjustResumptionTimeOldBase:newBase:
bytecodes 14000
activation 13 2000
send 16 2000 -
  receiver 2000 BoxedFloat64
send 17 2000 +
  receiver 2000 BoxedFloat64
end
