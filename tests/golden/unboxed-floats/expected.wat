(func $Complex>>abs (type $Code0) (param $self eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $me (ref null $Fixed2)) (local $wide i64) (local $f0 f64) (local $f1 f64) (local $f2 f64) (local $f3 f64) (local $f4 f64) (local $f5 f64)
  (local $s0 eqref) (local $s1 eqref) (local $s2 eqref)
  (local.set $me (ref.cast (ref $Fixed2) (local.get $self)))
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 0))))))
    block $run
      block $slow
        (br_if $slow (i32.eqz (ref.test (ref $Float) (struct.get $Fixed2 $slot0 (local.get $me)))))
        (local.set $f0 (struct.get $Float $value (ref.cast (ref $Float) (struct.get $Fixed2 $slot0 (local.get $me)))))
        (local.set $f1 (f64.mul (local.get $f0) (local.get $f0)))
        (br_if $slow (i32.eqz (ref.test (ref $Float) (struct.get $Fixed2 $slot1 (local.get $me)))))
        (local.set $f2 (struct.get $Float $value (ref.cast (ref $Float) (struct.get $Fixed2 $slot1 (local.get $me)))))
        (local.set $f3 (f64.mul (local.get $f2) (local.get $f2)))
        (local.set $f4 (f64.add (local.get $f1) (local.get $f3)))
        (br_if $slow (i32.ne (global.get $plain_square_root) (i32.const 1)))
        (br_if $slow (i32.eqz (f64.ge (local.get $f4) (f64.const 0))))
        (local.set $f5 (f64.sqrt (local.get $f4)))
        (local.set $s0 (call $new_float (local.get $f5)))
        br $run
      end
      (if (i32.eqz (global.get $plain_square_root)) (then (call $look_at_square_root (i32.const 32))))
      ;; 17 pushRcvr: 0
      (local.set $s0 (struct.get $Fixed2 $slot0 (local.get $me)))
      ;; 18 pushRcvr: 0
      (local.set $s1 (struct.get $Fixed2 $slot0 (local.get $me)))
      ;; 19 send: *
      block $done
        block $general0
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s0))))
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s1))))
          (i31.get_s (ref.cast (ref i31) (local.get $s0)))
          (i31.get_s (ref.cast (ref i31) (local.get $s1)))
          local.set $c i64.extend_i32_s (i64.extend_i32_s (local.get $c)) i64.mul
          local.set $wide
          (br_if $general0 (i64.ge_u (i64.add (local.get $wide) (i64.const 0x40000000)) (i64.const 0x80000000)))
          (local.set $x (i32.wrap_i64 (local.get $wide)))
          (local.set $s0 (ref.i31 (local.get $x)))
          br $done
        end
        (call $special_multiply (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 19)))
        local.set $s0
        (drop (br_if $unwound (i32.const 768) (ref.eq (local.get $s0) (global.get $unwind))))
      end
      ;; 20 pushRcvr: 1
      (local.set $s1 (struct.get $Fixed2 $slot1 (local.get $me)))
      ;; 21 pushRcvr: 1
      (local.set $s2 (struct.get $Fixed2 $slot1 (local.get $me)))
      ;; 22 send: *
      block $done
        block $general0
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s1))))
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s2))))
          (i31.get_s (ref.cast (ref i31) (local.get $s1)))
          (i31.get_s (ref.cast (ref i31) (local.get $s2)))
          local.set $c i64.extend_i32_s (i64.extend_i32_s (local.get $c)) i64.mul
          local.set $wide
          (br_if $general0 (i64.ge_u (i64.add (local.get $wide) (i64.const 0x40000000)) (i64.const 0x80000000)))
          (local.set $x (i32.wrap_i64 (local.get $wide)))
          (local.set $s1 (ref.i31 (local.get $x)))
          br $done
        end
        (call $special_multiply (local.get $s1) (local.get $s2) (i32.add (local.get $depth) (i32.const 19)))
        local.set $s1
        (drop (br_if $unwound (i32.const 1537) (ref.eq (local.get $s1) (global.get $unwind))))
      end
      ;; 23 send: +
      block $done
        block $general0
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s0))))
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s1))))
          (i31.get_s (ref.cast (ref i31) (local.get $s0)))
          (i31.get_s (ref.cast (ref i31) (local.get $s1)))
          i32.add local.tee $x
          i32.const 0x40000000 i32.add i32.const 0 i32.lt_s br_if $general0
          (local.set $s0 (ref.i31 (local.get $x)))
          br $done
        end
        (call $special_add (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 19)))
        local.set $s0
        (drop (br_if $unwound (i32.const 1792) (ref.eq (local.get $s0) (global.get $unwind))))
      end
      ;; 24 send: sqrt
      (local.get $s0) (i32.const 32) (i32.add (local.get $depth) (i32.const 19))
      (call $lookup_0 (local.get $s0) (i32.const 32)) call_ref $Code0
      local.set $s0
      (drop (br_if $unwound (i32.const 2048) (ref.eq (local.get $s0) (global.get $unwind))))
    end
    ;; 25 returnTop
    (local.get $s0) return
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 11258) (local.get $self) (local.get $position) (array.new_fixed $Slots 3 (local.get $s0) (local.get $s1) (local.get $s2))))
)
