(func $Point>>x (type $Code0) (param $self eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $me (ref null $Fixed2))
  (local $s0 eqref)
  (local.set $me (ref.cast (ref $Fixed2) (local.get $self)))
    ;; 13 callPrimitive: 264
    (local.set $s0 (struct.get $Fixed2 $slot0 (local.get $me)))
    (local.get $s0) return
    unreachable
)
