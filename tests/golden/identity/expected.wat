(func $Object>>isKindOf: (type $Code1) (param $self eqref) (param $t0 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref)
  (local $s0 eqref) (local $s1 eqref)
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 1))))))
    ;; 21 self
    ;; 22 send: class
    (local.set $s0 (call $class_of (local.get $self)))
    ;; 23 pushTemp: 0
    ;; 24 send: ==
    ;; 25 jumpFalse: 27
    (local.set $c (ref.eq (local.get $s0) (local.get $t0)))
    local.get $c
    if
      ;; 26 return: true
      (global.get $true) return
    else
      ;; 27 self
      ;; 28 send: class
      (local.set $s0 (call $class_of (local.get $self)))
      ;; 29 pushTemp: 0
      ;; 30 send: inheritsFrom:
      (if (result eqref) (i32.eq (call $class_index_of (local.get $s0)) (i32.load offset=65536 (i32.const 0)))
        (then (call $Behavior>>inheritsFrom: (local.get $s0) (local.get $t0) (i32.const 32) (i32.add (local.get $depth) (i32.const 19))))
        (else (call $send_predicted_1 (local.get $s0) (local.get $t0) (i32.const 32) (i32.add (local.get $depth) (i32.const 19)) (i32.const 11928) (i32.const 65536))))
      local.set $s0
      (drop (br_if $unwound (i32.const 2561) (ref.eq (local.get $s0) (global.get $unwind))))
      ;; 31 returnTop
      (local.get $s0) return
    end
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 1468) (local.get $self) (local.get $position) (array.new_fixed $Slots 3 (local.get $t0) (local.get $s0) (local.get $s1))))
)
