(func $Character.class>>cr (type $Code0) (param $self eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref)
  (local $s0 eqref)
    ;; 17 pushConstant: Character value: 13
    ;; 18 returnTop
    (array.get $Slots (global.get $characters) (i32.const 13)) return
    unreachable
)
