(func $Object>>-> (type $Code1) (param $self eqref) (param $t0 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref)
  (local $s0 eqref) (local $s1 eqref) (local $s2 eqref)
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 1))))))
    ;; 21 pushLit: Association
    (local.set $s0 (call $variable_value (array.get $Slots (global.get $literals) (i32.const 0))))
    ;; 22 send: new
    (local.get $s0) (i32.const 28) (i32.add (local.get $depth) (i32.const 20))
    (call $lookup_0 (local.get $s0) (i32.const 28)) call_ref $Code0
    local.set $s0
    (drop (br_if $unwound (i32.const 513) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 23 self
    ;; 24 pushTemp: 0
    ;; 25 send: key:value:
    (local.get $s0) (local.get $self) (local.get $t0) (i32.const 32) (i32.add (local.get $depth) (i32.const 20))
    (call $lookup_2 (local.get $s0) (i32.const 32)) call_ref $Code2
    local.set $s0
    (drop (br_if $unwound (i32.const 1281) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 26 returnTop
    (local.get $s0) return
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 1453) (local.get $self) (local.get $position) (array.new_fixed $Slots 4 (local.get $t0) (local.get $s0) (local.get $s1) (local.get $s2))))
)
