(func $Association>>key:value: (type $Code2) (param $self eqref) (param $t0 eqref) (param $t1 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $me (ref null $Fixed2))
  (local $s0 eqref)
  (local.set $me (ref.cast (ref $Fixed2) (local.get $self)))
    ;; 13 pushTemp: 0
    ;; 14 popIntoRcvr: 0
    (struct.set $Fixed2 $slot0 (local.get $me) (local.get $t0))
    ;; 15 pushTemp: 1
    ;; 16 popIntoRcvr: 1
    (struct.set $Fixed2 $slot1 (local.get $me) (local.get $t1))
    ;; 17 returnSelf
    (local.get $self) return
    unreachable
)
