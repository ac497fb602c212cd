(func $Time.class>>primMillisecondClock (type $Code0) (param $self eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref)
  (local $s0 eqref)
  (local.set $r (call $primitive_135 (local.get $self) (local.get $depth)))
  (if (global.get $counting) (then (call $note_call (i32.const 135) (local.get $r))))
  (if (global.get $stopping) (then (return (call $leave_primitive (local.get $r) (ref.as_non_null (array.get $Methods (global.get $methods) (i32.const 1825))) (local.get $self) (array.new_fixed $Slots 0)))))
  (if (i32.eqz (ref.eq (local.get $r) (global.get $failed))) (then (return (local.get $r))))
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 768))))))
    ;; 17 callPrimitive: 135
    ;; 20 self
    ;; 21 send: primitiveFailed
    (if (result eqref) (i32.eq (call $class_index_of (local.get $self)) (i32.load offset=65536 (i32.const 0)))
      (then (call $Object>>primitiveFailed (local.get $self) (i32.const 32) (i32.add (local.get $depth) (i32.const 17))))
      (else (call $send_predicted_0 (local.get $self) (i32.const 32) (i32.add (local.get $depth) (i32.const 17)) (i32.const 1867) (i32.const 65536))))
    local.set $s0
    (drop (br_if $unwound (i32.const 1280) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 22 pop
    ;; 23 returnSelf
    (local.get $self) return
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 1825) (local.get $self) (local.get $position) (array.new_fixed $Slots 1 (local.get $s0))))
)
