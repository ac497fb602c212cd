(func $Number>>squared (type $Code0) (param $self eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $wide i64)
  (local $s0 eqref) (local $s1 eqref)
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 0))))))
    ;; 13 self
    ;; 14 self
    ;; 15 send: *
    block $done
      block $general0
        (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $self))))
        (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $self))))
        (i31.get_s (ref.cast (ref i31) (local.get $self)))
        (i31.get_s (ref.cast (ref i31) (local.get $self)))
        local.set $c i64.extend_i32_s (i64.extend_i32_s (local.get $c)) i64.mul
        local.set $wide
        (br_if $general0 (i64.ge_u (i64.add (local.get $wide) (i64.const 0x40000000)) (i64.const 0x80000000)))
        (local.set $x (i32.wrap_i64 (local.get $wide)))
        (local.set $s0 (ref.i31 (local.get $x)))
        br $done
      end
      (call $special_multiply (local.get $self) (local.get $self) (i32.add (local.get $depth) (i32.const 18)))
      local.set $s0
      (drop (br_if $unwound (i32.const 768) (ref.eq (local.get $s0) (global.get $unwind))))
    end
    ;; 16 returnTop
    (local.get $s0) return
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 12358) (local.get $self) (local.get $position) (array.new_fixed $Slots 2 (local.get $s0) (local.get $s1))))
)
