(func $Object>>-> (type $Code1) (param $self eqref) (param $t0 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref)
  (local $s0 eqref) (local $s1 eqref) (local $s2 eqref)
  (local $i1.self eqref)
  (local $i1.s0 eqref)
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 1))))))
    ;; 21 pushLit: Association
    (local.set $s0 (call $variable_value (array.get $Slots (global.get $literals) (i32.const 0))))
    ;; 22 send: new
    block $sent
      block $other
        (br_if $other (i32.ne (call $class_index_of (local.get $s0)) (i32.load offset=65536 (i32.const 0))))
        (local.set $i1.self (local.get $s0))
        block $i1.leave (result eqref)
          ;; inlined: Behavior>>new
          block $unwound (result i32)
            ;; 21 self
            ;; 22 send: basicNew
            (if (result eqref) (i32.eq (call $class_index_of (local.get $i1.self)) (i32.load offset=65540 (i32.const 0)))
              (then (call $Behavior>>basicNew (local.get $i1.self) (i32.const 32) (i32.add (local.get $depth) (i32.const 21))))
              (else (call $send_predicted_0 (local.get $i1.self) (i32.const 32) (i32.add (local.get $depth) (i32.const 21)) (i32.const 11951) (i32.const 65540))))
            local.set $i1.s0
            (drop (br_if $unwound (i32.const 512) (ref.eq (local.get $i1.s0) (global.get $unwind))))
            ;; 23 send: initialize
            (local.get $i1.s0) (i32.const 33) (i32.add (local.get $depth) (i32.const 21))
            (call $lookup_0 (local.get $i1.s0) (i32.const 33)) call_ref $Code0
            local.set $i1.s0
            (drop (br_if $unwound (i32.const 768) (ref.eq (local.get $i1.s0) (global.get $unwind))))
            ;; 24 returnTop
            (local.get $i1.s0) br $i1.leave
            unreachable
          end
          local.set $position
          (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
            (br $unwound (i32.const 513))
          ))
          (call $capture_frame (ref.null $FrameToken) (i32.const 9518) (local.get $i1.self) (local.get $position) (array.new_fixed $Slots 1 (local.get $i1.s0)))
          drop
          (br $unwound (i32.const 513))
        end
        ;; end of Behavior>>new
        local.set $s0
        br $sent
      end
      (local.set $s0 (call $send_predicted_0 (local.get $s0) (i32.const 28) (i32.add (local.get $depth) (i32.const 21)) (i32.const 12068) (i32.const 65536)))
      (drop (br_if $unwound (i32.const 513) (ref.eq (local.get $s0) (global.get $unwind))))
    end
    ;; 23 self
    ;; 24 pushTemp: 0
    ;; 25 send: key:value:
    (local.get $s0) (local.get $self) (local.get $t0) (i32.const 34) (i32.add (local.get $depth) (i32.const 21))
    (call $lookup_2 (local.get $s0) (i32.const 34)) call_ref $Code2
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
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 1494) (local.get $self) (local.get $position) (array.new_fixed $Slots 4 (local.get $t0) (local.get $s0) (local.get $s1) (local.get $s2))))
)
