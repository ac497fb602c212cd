(func $Point.class>>rho:theta: (type $Code2) (param $self eqref) (param $t0 eqref) (param $t1 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $wide i64) (local $f0 f64) (local $f1 f64) (local $f2 f64) (local $f3 f64)
  (local $s0 eqref) (local $s1 eqref) (local $s2 eqref) (local $s3 eqref)
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 2))))))
    ;; 29 self
    ;; 30 pushTemp: 0
    ;; 31 send: asFloat
    (local.set $s0 (local.get $self))
    (local.get $t0) (i32.const 32) (i32.add (local.get $depth) (i32.const 22))
    (call $lookup_0 (local.get $t0) (i32.const 32)) call_ref $Code0
    local.set $s1
    (drop (br_if $unwound (i32.const 771) (ref.eq (local.get $s1) (global.get $unwind))))
    ;; 32 pushTemp: 1
    ;; 33 send: cos
    (local.get $t1) (i32.const 33) (i32.add (local.get $depth) (i32.const 22))
    (call $lookup_0 (local.get $t1) (i32.const 33)) call_ref $Code0
    local.set $s2
    ;; 34 send: *
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
      (drop (br_if $unwound (i32.const 1284) (ref.eq (local.get $s2) (global.get $unwind))))
      (call $special_multiply (local.get $s1) (local.get $s2) (i32.add (local.get $depth) (i32.const 22)))
      local.set $s1
      (drop (br_if $unwound (i32.const 1539) (ref.eq (local.get $s1) (global.get $unwind))))
    end
    ;; 35 pushTemp: 0
    ;; 36 send: asFloat
    (local.get $t0) (i32.const 32) (i32.add (local.get $depth) (i32.const 22))
    (call $lookup_0 (local.get $t0) (i32.const 32)) call_ref $Code0
    local.set $s2
    (drop (br_if $unwound (i32.const 2052) (ref.eq (local.get $s2) (global.get $unwind))))
    block $run
      block $slow
        (br_if $slow (i32.eqz (ref.test (ref $Float) (local.get $t1))))
        (local.set $f0 (struct.get $Float $value (ref.cast (ref $Float) (local.get $t1))))
        (br_if $slow (i32.ne (i32.load offset=65536 (i32.const 0)) (i32.const 1)))
        (local.set $f1 (call $host_sin (local.get $f0)))
        (if (ref.test (ref $Float) (local.get $s2))
          (then (local.set $f2 (struct.get $Float $value (ref.cast (ref $Float) (local.get $s2)))))
          (else
            (br_if $slow (i32.eqz (ref.test (ref i31) (local.get $s2))))
            (local.set $f2 (f64.convert_i32_s (i31.get_s (ref.cast (ref i31) (local.get $s2)))))
          )
        )
        (local.set $f3 (f64.mul (local.get $f2) (local.get $f1)))
        (local.set $s2 (call $new_float (local.get $f3)))
        br $run
      end
      (if (i32.eqz (i32.load offset=65536 (i32.const 0))) (then (call $look_at_float_primitive (i32.const 34) (i32.const 56) (i32.const 65536))))
      ;; 37 pushTemp: 1
      ;; 38 send: sin
      (local.get $t1) (i32.const 34) (i32.add (local.get $depth) (i32.const 22))
      (call $lookup_0 (local.get $t1) (i32.const 34)) call_ref $Code0
      local.set $s3
      ;; 39 send: *
      block $done
        block $general0
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s2))))
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s3))))
          (i31.get_s (ref.cast (ref i31) (local.get $s2)))
          (i31.get_s (ref.cast (ref i31) (local.get $s3)))
          local.set $c i64.extend_i32_s (i64.extend_i32_s (local.get $c)) i64.mul
          local.set $wide
          (br_if $general0 (i64.ge_u (i64.add (local.get $wide) (i64.const 0x40000000)) (i64.const 0x80000000)))
          (local.set $x (i32.wrap_i64 (local.get $wide)))
          (local.set $s2 (ref.i31 (local.get $x)))
          br $done
        end
        (drop (br_if $unwound (i32.const 2565) (ref.eq (local.get $s3) (global.get $unwind))))
        (call $special_multiply (local.get $s2) (local.get $s3) (i32.add (local.get $depth) (i32.const 22)))
        local.set $s2
        (drop (br_if $unwound (i32.const 2820) (ref.eq (local.get $s2) (global.get $unwind))))
      end
    end
    ;; 40 send: x:y:
    (local.get $s0) (local.get $s1) (local.get $s2) (i32.const 35) (i32.add (local.get $depth) (i32.const 22))
    (call $lookup_2 (local.get $s0) (i32.const 35)) call_ref $Code2
    local.set $s0
    (drop (br_if $unwound (i32.const 3074) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 41 returnTop
    (local.get $s0) return
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 2154) (local.get $self) (local.get $position) (array.new_fixed $Slots 6 (local.get $t0) (local.get $t1) (local.get $s0) (local.get $s1) (local.get $s2) (local.get $s3))))
)
