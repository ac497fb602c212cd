(func $Stream>>is: (type $Code1) (param $self eqref) (param $t0 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref)
  (local $s0 eqref) (local $s1 eqref)
  (local $i1.t0 eqref)
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 1))))))
    ;; 25 pushTemp: 0
    ;; 26 pushConstant: #Stream
    ;; 27 send: ==
    ;; 28 jumpFalse: 31
    (local.set $c (ref.eq (local.get $t0) (array.get $Slots (global.get $literals) (i32.const 0))))
    local.get $c
    if
      ;; 29 pushConstant: true
      ;; 30 jumpTo: 35
      ;; 35 returnTop
      (global.get $true) return
    else
      ;; 31 self
      ;; 32 pushTemp: 0
      ;; 33 superSend: is:
      block $sent
        block $other
          (br_if $other (i32.ne (call $class_index_of (local.get $self)) (i32.load offset=65536 (i32.const 0))))
          (local.set $i1.t0 (local.get $t0))
          block $i1.leave (result eqref)
            ;; inlined: Object>>is:
              ;; 13 return: false
              (global.get $false) br $i1.leave
              unreachable
          end
          ;; end of Object>>is:
          local.set $s0
          br $sent
        end
        (local.set $s0 (call $send_super_predicted_1 (local.get $self) (local.get $t0) (i32.const 32) (call $variable_value (array.get $Slots (global.get $literals) (i32.const 1))) (i32.add (local.get $depth) (i32.const 20)) (i32.const 1958) (i32.const 65536)))
        (drop (br_if $unwound (i32.const 2561) (ref.eq (local.get $s0) (global.get $unwind))))
      end
      ;; 35 returnTop
      (local.get $s0) return
    end
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 13119) (local.get $self) (local.get $position) (array.new_fixed $Slots 3 (local.get $t0) (local.get $s0) (local.get $s1))))
)
