(func $Magnitude>>max: (type $Code1) (param $self eqref) (param $t0 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref)
  (local $s0 eqref) (local $s1 eqref)
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 1))))))
    ;; 17 self
    ;; 18 pushTemp: 0
    ;; 19 send: >
    ;; 20 jumpFalse: 22
    block $done
      block $general
        (br_if $general (i32.eqz (ref.test (ref i31) (local.get $self))))
        (br_if $general (i32.eqz (ref.test (ref i31) (local.get $t0))))
        (i31.get_s (ref.cast (ref i31) (local.get $self)))
        (i31.get_s (ref.cast (ref i31) (local.get $t0)))
        i32.gt_s local.set $c
        br $done
      end
      (call $special_greater (local.get $self) (local.get $t0) (i32.add (local.get $depth) (i32.const 19)))
      local.set $s0
      (drop (br_if $unwound (i32.const 769) (ref.eq (local.get $s0) (global.get $unwind))))
      (if (i32.eqz (local.tee $c (ref.eq (local.get $s0) (global.get $true)))) (then
        (drop (br_if $unwound (i32.const 770) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
      ))
    end
    local.get $c
    if
      ;; 21 returnSelf
      (local.get $self) return
    else
      ;; 22 pushTemp: 0
      ;; 23 returnTop
      (local.get $t0) return
    end
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 12099) (local.get $self) (local.get $position) (array.new_fixed $Slots 3 (local.get $t0) (local.get $s0) (local.get $s1))))
)
