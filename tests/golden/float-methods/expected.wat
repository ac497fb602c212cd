(func $Float>>isWithin:ulpsFrom: (type $Code2) (param $self eqref) (param $t0 eqref) (param $t1 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $wide i64) (local $f0 f64) (local $f1 f64) (local $f2 f64) (local $f3 f64) (local $f4 f64) (local $f5 f64) (local $f6 f64) (local $f7 f64)
  (local $t2 eqref) (local $t3 eqref) (local $s0 eqref) (local $s1 eqref) (local $s2 eqref) (local $s3 eqref) (local $t3.f f64)
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 4))))))
    ;; 29 pushTemp: 1
    ;; 30 send: asFloat
    (local.get $t1) (i32.const 32) (i32.add (local.get $depth) (i32.const 24))
    (call $lookup_0 (local.get $t1) (i32.const 32)) call_ref $Code0
    local.set $s0
    (drop (br_if $unwound (i32.const 516) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 31 popIntoTemp: 2
    (local.set $t2 (local.get $s0))
    ;; 32 pushTemp: 2
    ;; 33 send: ulp
    (if (result eqref) (i32.eq (call $class_index_of (local.get $t2)) (i32.load offset=65536 (i32.const 0)))
      (then (call $Float>>ulp (local.get $t2) (i32.const 33) (i32.add (local.get $depth) (i32.const 24))))
      (else (call $send_predicted_0 (local.get $t2) (i32.const 33) (i32.add (local.get $depth) (i32.const 24)) (i32.const 11778) (i32.const 65536))))
    local.set $s0
    block $run
      block $slow
        (br_if $slow (i32.eqz (ref.test (ref $Float) (local.get $s0))))
        (local.set $f0 (struct.get $Float $value (ref.cast (ref $Float) (local.get $s0))))
        (if (ref.test (ref $Float) (local.get $t0))
          (then (local.set $f1 (struct.get $Float $value (ref.cast (ref $Float) (local.get $t0)))))
          (else
            (br_if $slow (i32.eqz (ref.test (ref i31) (local.get $t0))))
            (local.set $f1 (f64.convert_i32_s (i31.get_s (ref.cast (ref i31) (local.get $t0)))))
          )
        )
        (local.set $f2 (f64.mul (local.get $f0) (local.get $f1)))
        (br_if $slow (i32.ne (i32.load offset=65540 (i32.const 0)) (i32.const 1)))
        (local.set $f3 (f64.const 0x0p+0))
        (local.set $f4 (f64.sub (local.get $f3) (local.get $f2)))
        (if (ref.test (ref $Float) (local.get $t2))
          (then (local.set $f5 (struct.get $Float $value (ref.cast (ref $Float) (local.get $t2)))))
          (else
            (br_if $slow (i32.eqz (ref.test (ref i31) (local.get $t2))))
            (local.set $f5 (f64.convert_i32_s (i31.get_s (ref.cast (ref i31) (local.get $t2)))))
          )
        )
        (local.set $f6 (f64.add (local.get $f4) (local.get $f5)))
        (local.set $f7 (f64.add (local.get $f2) (local.get $f5)))
        (local.set $s0 (local.get $self))
        (local.set $s1 (call $new_float (local.get $f6)))
        (local.set $s2 (call $new_float (local.get $f7)))
        (local.set $t3.f (local.get $f2))
        (local.set $t3 (global.get $unboxed))
        br $run
      end
      (if (i32.eqz (i32.load offset=65540 (i32.const 0))) (then (call $look_at_float_method (i32.const 34) (i32.const 11819) (i32.const 65540))))
      ;; 34 pushTemp: 0
      ;; 35 send: *
      block $done
        block $general0
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s0))))
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t0))))
          (i31.get_s (ref.cast (ref i31) (local.get $s0)))
          (i31.get_s (ref.cast (ref i31) (local.get $t0)))
          local.set $c i64.extend_i32_s (i64.extend_i32_s (local.get $c)) i64.mul
          local.set $wide
          (br_if $general0 (i64.ge_u (i64.add (local.get $wide) (i64.const 0x40000000)) (i64.const 0x80000000)))
          (local.set $x (i32.wrap_i64 (local.get $wide)))
          (local.set $s0 (ref.i31 (local.get $x)))
          br $done
        end
        (drop (br_if $unwound (i32.const 1284) (ref.eq (local.get $s0) (global.get $unwind))))
        (call $special_multiply (local.get $s0) (local.get $t0) (i32.add (local.get $depth) (i32.const 24)))
        local.set $s0
        (drop (br_if $unwound (i32.const 1796) (ref.eq (local.get $s0) (global.get $unwind))))
      end
      ;; 36 popIntoTemp: 3
      (local.set $t3 (local.get $s0))
      ;; 37 self
      ;; 38 pushTemp: 3
      (if (ref.eq (local.get $t3) (global.get $unboxed)) (then (local.set $t3 (call $new_float (local.get $t3.f)))))
      ;; 39 send: negated
      (local.set $s0 (local.get $self))
      (local.get $t3) (i32.const 34) (i32.add (local.get $depth) (i32.const 24))
      (call $lookup_0 (local.get $t3) (i32.const 34)) call_ref $Code0
      local.set $s1
      ;; 40 pushTemp: 2
      ;; 41 send: +
      block $done
        block $general0
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s1))))
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t2))))
          (i31.get_s (ref.cast (ref i31) (local.get $s1)))
          (i31.get_s (ref.cast (ref i31) (local.get $t2)))
          i32.add local.tee $x
          i32.const 0x40000000 i32.add i32.const 0 i32.lt_s br_if $general0
          (local.set $s1 (ref.i31 (local.get $x)))
          br $done
        end
        (drop (br_if $unwound (i32.const 2821) (ref.eq (local.get $s1) (global.get $unwind))))
        (call $special_add (local.get $s1) (local.get $t2) (i32.add (local.get $depth) (i32.const 24)))
        local.set $s1
        (drop (br_if $unwound (i32.const 3333) (ref.eq (local.get $s1) (global.get $unwind))))
      end
      ;; 42 pushTemp: 3
      (if (ref.eq (local.get $t3) (global.get $unboxed)) (then (local.set $t3 (call $new_float (local.get $t3.f)))))
      ;; 43 pushTemp: 2
      ;; 44 send: +
      block $done
        block $general0
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t3))))
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t2))))
          (i31.get_s (ref.cast (ref i31) (local.get $t3)))
          (i31.get_s (ref.cast (ref i31) (local.get $t2)))
          i32.add local.tee $x
          i32.const 0x40000000 i32.add i32.const 0 i32.lt_s br_if $general0
          (local.set $s2 (ref.i31 (local.get $x)))
          br $done
        end
        (call $special_add (local.get $t3) (local.get $t2) (i32.add (local.get $depth) (i32.const 24)))
        local.set $s2
        (drop (br_if $unwound (i32.const 4102) (ref.eq (local.get $s2) (global.get $unwind))))
      end
    end
    ;; 45 send: between:and:
    (local.get $s0) (local.get $s1) (local.get $s2) (i32.const 35) (i32.add (local.get $depth) (i32.const 24))
    (call $lookup_2 (local.get $s0) (i32.const 35)) call_ref $Code2
    local.set $s0
    (drop (br_if $unwound (i32.const 4356) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 46 returnTop
    (local.get $s0) return
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (if (ref.eq (local.get $t3) (global.get $unboxed)) (then (local.set $t3 (call $new_float (local.get $t3.f)))))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 9285) (local.get $self) (local.get $position) (array.new_fixed $Slots 8 (local.get $t0) (local.get $t1) (local.get $t2) (local.get $t3) (local.get $s0) (local.get $s1) (local.get $s2) (local.get $s3))))
)
