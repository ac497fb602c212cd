(func $Complex>>divideSecureBy: (type $Code1) (param $self eqref) (param $t0 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $wide i64) (local $f0 f64) (local $f1 f64) (local $f2 f64) (local $f3 f64) (local $f4 f64) (local $f5 f64) (local $f6 f64) (local $f7 f64) (local $f8 f64) (local $f9 f64) (local $f10 f64) (local $f11 f64) (local $f12 f64) (local $f13 f64) (local $f14 f64) (local $f15 f64) (local $f16 f64) (local $f17 f64) (local $f18 f64) (local $f19 f64) (local $f20 f64) (local $f21 f64) (local $e0 eqref) (local $e1 eqref) (local $e2 eqref) (local $e3 eqref)
  (local $t1 eqref) (local $t2 eqref) (local $t3 eqref) (local $t4 eqref) (local $t5 eqref) (local $t6 eqref) (local $t7 eqref) (local $s0 eqref) (local $s1 eqref) (local $s2 eqref) (local $t1.f f64) (local $t2.f f64) (local $t3.f f64) (local $t4.f f64) (local $t5.f f64) (local $t6.f f64) (local $t7.f f64)
  (local $i1.me (ref null $Fixed2))
  (local $i1.self eqref)
  (local $i1.s0 eqref)
  (local $i2.me (ref null $Fixed2))
  (local $i2.self eqref)
  (local $i2.s0 eqref)
  (local $i3.me (ref null $Fixed2))
  (local $i3.s0 eqref)
  (local $i4.me (ref null $Fixed2))
  (local $i4.s0 eqref)
  (local $i5.me (ref null $Fixed2))
  (local $i5.self eqref)
  (local $i5.s0 eqref)
  (local $i6.me (ref null $Fixed2))
  (local $i6.self eqref)
  (local $i6.s0 eqref)
  (local $o2.Fixed2 (ref null $Fixed2))
  (local $o5.Fixed2 (ref null $Fixed2))
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 8))))))
    ;; 53 pushTemp: 0
    ;; 54 send: isComplex
    (local.get $t0) (i32.const 32) (i32.add (local.get $depth) (i32.const 33))
    (call $lookup_0 (local.get $t0) (i32.const 32)) call_ref $Code0
    local.set $s0
    (drop (br_if $unwound (i32.const 520) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 55 jumpFalse: 116
    (ref.eq (local.get $s0) (global.get $true))
    if
      ;; 57 pushTemp: 0
      ;; 58 send: real
      block $sent
        block $other
          block $fits
            block $unfit (result eqref)
              (local.set $i1.me (br_on_cast_fail $unfit eqref (ref $Fixed2) (local.get $t0)))
              br $fits
            end
            drop br $other
          end
          (br_if $other (i32.ne (struct.get $Object $classIndex (local.get $i1.me)) (i32.load offset=65536 (i32.const 0))))
          (local.set $i1.self (local.get $t0))
          block $i1.leave (result eqref)
            ;; inlined: Complex>>real
              ;; 13 callPrimitive: 264
              (local.set $i1.s0 (struct.get $Fixed2 $slot0 (local.get $i1.me)))
              (local.get $i1.s0) br $i1.leave
              unreachable
          end
          ;; end of Complex>>real
          local.set $s0
          br $sent
        end
        (local.set $s0 (call $send_predicted_0 (local.get $t0) (i32.const 33) (i32.add (local.get $depth) (i32.const 33)) (i32.const 14342) (i32.const 65536)))
        (drop (br_if $unwound (i32.const 1544) (ref.eq (local.get $s0) (global.get $unwind))))
      end
      ;; 59 send: abs
      (local.get $s0) (i32.const 34) (i32.add (local.get $depth) (i32.const 33))
      (call $lookup_0 (local.get $s0) (i32.const 34)) call_ref $Code0
      local.set $s0
      (drop (br_if $unwound (i32.const 1800) (ref.eq (local.get $s0) (global.get $unwind))))
      ;; 60 pushTemp: 0
      ;; 61 send: imaginary
      block $sent
        block $other
          block $fits
            block $unfit (result eqref)
              (local.set $i2.me (br_on_cast_fail $unfit eqref (ref $Fixed2) (local.get $t0)))
              br $fits
            end
            drop br $other
          end
          (br_if $other (i32.ne (struct.get $Object $classIndex (local.get $i2.me)) (i32.load offset=65540 (i32.const 0))))
          (local.set $i2.self (local.get $t0))
          block $i2.leave (result eqref)
            ;; inlined: Complex>>imaginary
              ;; 13 callPrimitive: 265
              (local.set $i2.s0 (struct.get $Fixed2 $slot1 (local.get $i2.me)))
              (local.get $i2.s0) br $i2.leave
              unreachable
          end
          ;; end of Complex>>imaginary
          local.set $s1
          br $sent
        end
        (local.set $s1 (call $send_predicted_0 (local.get $t0) (i32.const 35) (i32.add (local.get $depth) (i32.const 33)) (i32.const 14361) (i32.const 65540)))
        (drop (br_if $unwound (i32.const 2313) (ref.eq (local.get $s1) (global.get $unwind))))
      end
      ;; 62 send: abs
      (local.get $s1) (i32.const 34) (i32.add (local.get $depth) (i32.const 33))
      (call $lookup_0 (local.get $s1) (i32.const 34)) call_ref $Code0
      local.set $s1
      block $run
        block $slow
          (br_if $slow (i32.eqz (ref.test (ref $Float) (local.get $s0))))
          (local.set $f0 (struct.get $Float $value (ref.cast (ref $Float) (local.get $s0))))
          (if (ref.test (ref $Float) (local.get $s1))
            (then (local.set $f1 (struct.get $Float $value (ref.cast (ref $Float) (local.get $s1)))))
            (else
              (br_if $slow (i32.eqz (ref.test (ref i31) (local.get $s1))))
              (local.set $f1 (f64.convert_i32_s (i31.get_s (ref.cast (ref i31) (local.get $s1)))))
            )
          )
          (local.set $f2 (f64.add (local.get $f0) (local.get $f1)))
          (br_if $slow (i32.eqz (ref.test (ref $Fixed2) (local.get $self))))
          (local.set $o2.Fixed2 (ref.cast (ref $Fixed2) (local.get $self)))
          (br_if $slow (i32.ne (struct.get $Object $classIndex (local.get $o2.Fixed2)) (i32.load offset=65548 (i32.const 0))))
          (local.set $e0 (struct.get $Fixed2 $slot0 (local.get $o2.Fixed2)))
          (if (ref.test (ref $Float) (local.get $e0))
            (then (local.set $f3 (struct.get $Float $value (ref.cast (ref $Float) (local.get $e0)))))
            (else
              (br_if $slow (i32.eqz (ref.test (ref i31) (local.get $e0))))
              (local.set $f3 (f64.convert_i32_s (i31.get_s (ref.cast (ref i31) (local.get $e0)))))
            )
          )
          (br_if $slow (f64.eq (local.get $f2) (f64.const 0)))
          (local.set $f4 (f64.div (local.get $f3) (local.get $f2)))
          (br_if $slow (i32.ne (struct.get $Object $classIndex (local.get $o2.Fixed2)) (i32.load offset=65552 (i32.const 0))))
          (local.set $e1 (struct.get $Fixed2 $slot1 (local.get $o2.Fixed2)))
          (if (ref.test (ref $Float) (local.get $e1))
            (then (local.set $f5 (struct.get $Float $value (ref.cast (ref $Float) (local.get $e1)))))
            (else
              (br_if $slow (i32.eqz (ref.test (ref i31) (local.get $e1))))
              (local.set $f5 (f64.convert_i32_s (i31.get_s (ref.cast (ref i31) (local.get $e1)))))
            )
          )
          (br_if $slow (f64.eq (local.get $f2) (f64.const 0)))
          (local.set $f6 (f64.div (local.get $f5) (local.get $f2)))
          (br_if $slow (i32.eqz (ref.test (ref $Fixed2) (local.get $t0))))
          (local.set $o5.Fixed2 (ref.cast (ref $Fixed2) (local.get $t0)))
          (br_if $slow (i32.ne (struct.get $Object $classIndex (local.get $o5.Fixed2)) (i32.load offset=65556 (i32.const 0))))
          (local.set $e2 (struct.get $Fixed2 $slot0 (local.get $o5.Fixed2)))
          (if (ref.test (ref $Float) (local.get $e2))
            (then (local.set $f7 (struct.get $Float $value (ref.cast (ref $Float) (local.get $e2)))))
            (else
              (br_if $slow (i32.eqz (ref.test (ref i31) (local.get $e2))))
              (local.set $f7 (f64.convert_i32_s (i31.get_s (ref.cast (ref i31) (local.get $e2)))))
            )
          )
          (br_if $slow (f64.eq (local.get $f2) (f64.const 0)))
          (local.set $f8 (f64.div (local.get $f7) (local.get $f2)))
          (br_if $slow (i32.ne (struct.get $Object $classIndex (local.get $o5.Fixed2)) (i32.load offset=65560 (i32.const 0))))
          (local.set $e3 (struct.get $Fixed2 $slot1 (local.get $o5.Fixed2)))
          (if (ref.test (ref $Float) (local.get $e3))
            (then (local.set $f9 (struct.get $Float $value (ref.cast (ref $Float) (local.get $e3)))))
            (else
              (br_if $slow (i32.eqz (ref.test (ref i31) (local.get $e3))))
              (local.set $f9 (f64.convert_i32_s (i31.get_s (ref.cast (ref i31) (local.get $e3)))))
            )
          )
          (br_if $slow (f64.eq (local.get $f2) (f64.const 0)))
          (local.set $f10 (f64.div (local.get $f9) (local.get $f2)))
          (br_if $slow (i32.ne (i32.load offset=65544 (i32.const 0)) (i32.const 1)))
          (local.set $f11 (f64.mul (local.get $f8) (local.get $f8)))
          (br_if $slow (i32.ne (i32.load offset=65544 (i32.const 0)) (i32.const 1)))
          (local.set $f12 (f64.mul (local.get $f10) (local.get $f10)))
          (local.set $f13 (f64.add (local.get $f11) (local.get $f12)))
          (local.set $f14 (f64.mul (local.get $f4) (local.get $f8)))
          (local.set $f15 (f64.mul (local.get $f6) (local.get $f10)))
          (local.set $f16 (f64.add (local.get $f14) (local.get $f15)))
          (br_if $slow (f64.eq (local.get $f13) (f64.const 0)))
          (local.set $f17 (f64.div (local.get $f16) (local.get $f13)))
          (local.set $f18 (f64.mul (local.get $f6) (local.get $f8)))
          (local.set $f19 (f64.mul (local.get $f4) (local.get $f10)))
          (local.set $f20 (f64.sub (local.get $f18) (local.get $f19)))
          (br_if $slow (f64.eq (local.get $f13) (f64.const 0)))
          (local.set $f21 (f64.div (local.get $f20) (local.get $f13)))
          (local.set $t1.f (local.get $f13))
          (local.set $t1 (global.get $unboxed))
          (local.set $t2.f (local.get $f4))
          (local.set $t2 (global.get $unboxed))
          (local.set $t3.f (local.get $f6))
          (local.set $t3 (global.get $unboxed))
          (local.set $t4.f (local.get $f8))
          (local.set $t4 (global.get $unboxed))
          (local.set $t5.f (local.get $f10))
          (local.set $t5 (global.get $unboxed))
          (local.set $t6.f (local.get $f17))
          (local.set $t6 (global.get $unboxed))
          (local.set $t7.f (local.get $f21))
          (local.set $t7 (global.get $unboxed))
          br $run
        end
        (if (i32.eqz (i32.load offset=65544 (i32.const 0))) (then (call $look_at_float_method (i32.const 36) (i32.const 15634) (i32.const 65544))))
        ;; 63 send: +
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
          (drop (br_if $unwound (i32.const 2569) (ref.eq (local.get $s1) (global.get $unwind))))
          (call $special_add (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 33)))
          local.set $s0
          (drop (br_if $unwound (i32.const 2824) (ref.eq (local.get $s0) (global.get $unwind))))
        end
        ;; 64 popIntoTemp: 1
        (local.set $t1 (local.get $s0))
        ;; 65 self
        ;; 66 send: real
        block $sent
          block $other
            block $fits
              block $unfit (result eqref)
                (local.set $i3.me (br_on_cast_fail $unfit eqref (ref $Fixed2) (local.get $self)))
                br $fits
              end
              drop br $other
            end
            (br_if $other (i32.ne (struct.get $Object $classIndex (local.get $i3.me)) (i32.load offset=65548 (i32.const 0))))
            block $i3.leave (result eqref)
              ;; inlined: Complex>>real
                ;; 13 callPrimitive: 264
                (local.set $i3.s0 (struct.get $Fixed2 $slot0 (local.get $i3.me)))
                (local.get $i3.s0) br $i3.leave
                unreachable
            end
            ;; end of Complex>>real
            local.set $s0
            br $sent
          end
          (local.set $s0 (call $send_predicted_0 (local.get $self) (i32.const 33) (i32.add (local.get $depth) (i32.const 33)) (i32.const 14342) (i32.const 65548)))
          (drop (br_if $unwound (i32.const 3592) (ref.eq (local.get $s0) (global.get $unwind))))
        end
        ;; 67 pushTemp: 1
        (if (ref.eq (local.get $t1) (global.get $unboxed)) (then (local.set $t1 (call $new_float (local.get $t1.f)))))
        ;; 68 send: /
        (call $special_divide (local.get $s0) (local.get $t1) (i32.add (local.get $depth) (i32.const 33)))
        local.set $s0
        (drop (br_if $unwound (i32.const 4104) (ref.eq (local.get $s0) (global.get $unwind))))
        ;; 69 popIntoTemp: 2
        (local.set $t2 (local.get $s0))
        ;; 70 self
        ;; 71 send: imaginary
        block $sent
          block $other
            block $fits
              block $unfit (result eqref)
                (local.set $i4.me (br_on_cast_fail $unfit eqref (ref $Fixed2) (local.get $self)))
                br $fits
              end
              drop br $other
            end
            (br_if $other (i32.ne (struct.get $Object $classIndex (local.get $i4.me)) (i32.load offset=65552 (i32.const 0))))
            block $i4.leave (result eqref)
              ;; inlined: Complex>>imaginary
                ;; 13 callPrimitive: 265
                (local.set $i4.s0 (struct.get $Fixed2 $slot1 (local.get $i4.me)))
                (local.get $i4.s0) br $i4.leave
                unreachable
            end
            ;; end of Complex>>imaginary
            local.set $s0
            br $sent
          end
          (local.set $s0 (call $send_predicted_0 (local.get $self) (i32.const 35) (i32.add (local.get $depth) (i32.const 33)) (i32.const 14361) (i32.const 65552)))
          (drop (br_if $unwound (i32.const 4872) (ref.eq (local.get $s0) (global.get $unwind))))
        end
        ;; 72 pushTemp: 1
        (if (ref.eq (local.get $t1) (global.get $unboxed)) (then (local.set $t1 (call $new_float (local.get $t1.f)))))
        ;; 73 send: /
        (call $special_divide (local.get $s0) (local.get $t1) (i32.add (local.get $depth) (i32.const 33)))
        local.set $s0
        (drop (br_if $unwound (i32.const 5384) (ref.eq (local.get $s0) (global.get $unwind))))
        ;; 74 popIntoTemp: 3
        (local.set $t3 (local.get $s0))
        ;; 75 pushTemp: 0
        ;; 76 send: real
        block $sent
          block $other
            block $fits
              block $unfit (result eqref)
                (local.set $i5.me (br_on_cast_fail $unfit eqref (ref $Fixed2) (local.get $t0)))
                br $fits
              end
              drop br $other
            end
            (br_if $other (i32.ne (struct.get $Object $classIndex (local.get $i5.me)) (i32.load offset=65556 (i32.const 0))))
            (local.set $i5.self (local.get $t0))
            block $i5.leave (result eqref)
              ;; inlined: Complex>>real
                ;; 13 callPrimitive: 264
                (local.set $i5.s0 (struct.get $Fixed2 $slot0 (local.get $i5.me)))
                (local.get $i5.s0) br $i5.leave
                unreachable
            end
            ;; end of Complex>>real
            local.set $s0
            br $sent
          end
          (local.set $s0 (call $send_predicted_0 (local.get $t0) (i32.const 33) (i32.add (local.get $depth) (i32.const 33)) (i32.const 14342) (i32.const 65556)))
          (drop (br_if $unwound (i32.const 6152) (ref.eq (local.get $s0) (global.get $unwind))))
        end
        ;; 77 pushTemp: 1
        (if (ref.eq (local.get $t1) (global.get $unboxed)) (then (local.set $t1 (call $new_float (local.get $t1.f)))))
        ;; 78 send: /
        (call $special_divide (local.get $s0) (local.get $t1) (i32.add (local.get $depth) (i32.const 33)))
        local.set $s0
        (drop (br_if $unwound (i32.const 6664) (ref.eq (local.get $s0) (global.get $unwind))))
        ;; 79 popIntoTemp: 4
        (local.set $t4 (local.get $s0))
        ;; 80 pushTemp: 0
        ;; 81 send: imaginary
        block $sent
          block $other
            block $fits
              block $unfit (result eqref)
                (local.set $i6.me (br_on_cast_fail $unfit eqref (ref $Fixed2) (local.get $t0)))
                br $fits
              end
              drop br $other
            end
            (br_if $other (i32.ne (struct.get $Object $classIndex (local.get $i6.me)) (i32.load offset=65560 (i32.const 0))))
            (local.set $i6.self (local.get $t0))
            block $i6.leave (result eqref)
              ;; inlined: Complex>>imaginary
                ;; 13 callPrimitive: 265
                (local.set $i6.s0 (struct.get $Fixed2 $slot1 (local.get $i6.me)))
                (local.get $i6.s0) br $i6.leave
                unreachable
            end
            ;; end of Complex>>imaginary
            local.set $s0
            br $sent
          end
          (local.set $s0 (call $send_predicted_0 (local.get $t0) (i32.const 35) (i32.add (local.get $depth) (i32.const 33)) (i32.const 14361) (i32.const 65560)))
          (drop (br_if $unwound (i32.const 7432) (ref.eq (local.get $s0) (global.get $unwind))))
        end
        ;; 82 pushTemp: 1
        (if (ref.eq (local.get $t1) (global.get $unboxed)) (then (local.set $t1 (call $new_float (local.get $t1.f)))))
        ;; 83 send: /
        (call $special_divide (local.get $s0) (local.get $t1) (i32.add (local.get $depth) (i32.const 33)))
        local.set $s0
        (drop (br_if $unwound (i32.const 7944) (ref.eq (local.get $s0) (global.get $unwind))))
        ;; 84 popIntoTemp: 5
        (local.set $t5 (local.get $s0))
        ;; 85 pushTemp: 4
        (if (ref.eq (local.get $t4) (global.get $unboxed)) (then (local.set $t4 (call $new_float (local.get $t4.f)))))
        ;; 86 send: squared
        (local.get $t4) (i32.const 36) (i32.add (local.get $depth) (i32.const 33))
        (call $lookup_0 (local.get $t4) (i32.const 36)) call_ref $Code0
        local.set $s0
        (drop (br_if $unwound (i32.const 8712) (ref.eq (local.get $s0) (global.get $unwind))))
        ;; 87 pushTemp: 5
        (if (ref.eq (local.get $t5) (global.get $unboxed)) (then (local.set $t5 (call $new_float (local.get $t5.f)))))
        ;; 88 send: squared
        (local.get $t5) (i32.const 36) (i32.add (local.get $depth) (i32.const 33))
        (call $lookup_0 (local.get $t5) (i32.const 36)) call_ref $Code0
        local.set $s1
        ;; 89 send: +
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
          (drop (br_if $unwound (i32.const 9225) (ref.eq (local.get $s1) (global.get $unwind))))
          (call $special_add (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 33)))
          local.set $s0
          (drop (br_if $unwound (i32.const 9480) (ref.eq (local.get $s0) (global.get $unwind))))
        end
        ;; 90 popIntoTemp: 1
        (local.set $t1 (local.get $s0))
        ;; 91 pushTemp: 2
        (if (ref.eq (local.get $t2) (global.get $unboxed)) (then (local.set $t2 (call $new_float (local.get $t2.f)))))
        ;; 92 pushTemp: 4
        (if (ref.eq (local.get $t4) (global.get $unboxed)) (then (local.set $t4 (call $new_float (local.get $t4.f)))))
        ;; 93 send: *
        block $done
          block $general0
            (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t2))))
            (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t4))))
            (i31.get_s (ref.cast (ref i31) (local.get $t2)))
            (i31.get_s (ref.cast (ref i31) (local.get $t4)))
            local.set $c i64.extend_i32_s (i64.extend_i32_s (local.get $c)) i64.mul
            local.set $wide
            (br_if $general0 (i64.ge_u (i64.add (local.get $wide) (i64.const 0x40000000)) (i64.const 0x80000000)))
            (local.set $x (i32.wrap_i64 (local.get $wide)))
            (local.set $s0 (ref.i31 (local.get $x)))
            br $done
          end
          (call $special_multiply (local.get $t2) (local.get $t4) (i32.add (local.get $depth) (i32.const 33)))
          local.set $s0
          (drop (br_if $unwound (i32.const 10504) (ref.eq (local.get $s0) (global.get $unwind))))
        end
        ;; 94 pushTemp: 3
        (if (ref.eq (local.get $t3) (global.get $unboxed)) (then (local.set $t3 (call $new_float (local.get $t3.f)))))
        ;; 95 pushTemp: 5
        (if (ref.eq (local.get $t5) (global.get $unboxed)) (then (local.set $t5 (call $new_float (local.get $t5.f)))))
        ;; 96 send: *
        block $done
          block $general0
            (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t3))))
            (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t5))))
            (i31.get_s (ref.cast (ref i31) (local.get $t3)))
            (i31.get_s (ref.cast (ref i31) (local.get $t5)))
            local.set $c i64.extend_i32_s (i64.extend_i32_s (local.get $c)) i64.mul
            local.set $wide
            (br_if $general0 (i64.ge_u (i64.add (local.get $wide) (i64.const 0x40000000)) (i64.const 0x80000000)))
            (local.set $x (i32.wrap_i64 (local.get $wide)))
            (local.set $s1 (ref.i31 (local.get $x)))
            br $done
          end
          (call $special_multiply (local.get $t3) (local.get $t5) (i32.add (local.get $depth) (i32.const 33)))
          local.set $s1
          (drop (br_if $unwound (i32.const 11273) (ref.eq (local.get $s1) (global.get $unwind))))
        end
        ;; 97 send: +
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
          (call $special_add (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 33)))
          local.set $s0
          (drop (br_if $unwound (i32.const 11528) (ref.eq (local.get $s0) (global.get $unwind))))
        end
        ;; 98 pushTemp: 1
        (if (ref.eq (local.get $t1) (global.get $unboxed)) (then (local.set $t1 (call $new_float (local.get $t1.f)))))
        ;; 99 send: /
        (call $special_divide (local.get $s0) (local.get $t1) (i32.add (local.get $depth) (i32.const 33)))
        local.set $s0
        (drop (br_if $unwound (i32.const 12040) (ref.eq (local.get $s0) (global.get $unwind))))
        ;; 100 popIntoTemp: 6
        (local.set $t6 (local.get $s0))
        ;; 101 pushTemp: 3
        (if (ref.eq (local.get $t3) (global.get $unboxed)) (then (local.set $t3 (call $new_float (local.get $t3.f)))))
        ;; 102 pushTemp: 4
        (if (ref.eq (local.get $t4) (global.get $unboxed)) (then (local.set $t4 (call $new_float (local.get $t4.f)))))
        ;; 103 send: *
        block $done
          block $general0
            (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t3))))
            (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t4))))
            (i31.get_s (ref.cast (ref i31) (local.get $t3)))
            (i31.get_s (ref.cast (ref i31) (local.get $t4)))
            local.set $c i64.extend_i32_s (i64.extend_i32_s (local.get $c)) i64.mul
            local.set $wide
            (br_if $general0 (i64.ge_u (i64.add (local.get $wide) (i64.const 0x40000000)) (i64.const 0x80000000)))
            (local.set $x (i32.wrap_i64 (local.get $wide)))
            (local.set $s0 (ref.i31 (local.get $x)))
            br $done
          end
          (call $special_multiply (local.get $t3) (local.get $t4) (i32.add (local.get $depth) (i32.const 33)))
          local.set $s0
          (drop (br_if $unwound (i32.const 13064) (ref.eq (local.get $s0) (global.get $unwind))))
        end
        ;; 104 pushTemp: 2
        (if (ref.eq (local.get $t2) (global.get $unboxed)) (then (local.set $t2 (call $new_float (local.get $t2.f)))))
        ;; 105 pushTemp: 5
        (if (ref.eq (local.get $t5) (global.get $unboxed)) (then (local.set $t5 (call $new_float (local.get $t5.f)))))
        ;; 106 send: *
        block $done
          block $general0
            (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t2))))
            (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t5))))
            (i31.get_s (ref.cast (ref i31) (local.get $t2)))
            (i31.get_s (ref.cast (ref i31) (local.get $t5)))
            local.set $c i64.extend_i32_s (i64.extend_i32_s (local.get $c)) i64.mul
            local.set $wide
            (br_if $general0 (i64.ge_u (i64.add (local.get $wide) (i64.const 0x40000000)) (i64.const 0x80000000)))
            (local.set $x (i32.wrap_i64 (local.get $wide)))
            (local.set $s1 (ref.i31 (local.get $x)))
            br $done
          end
          (call $special_multiply (local.get $t2) (local.get $t5) (i32.add (local.get $depth) (i32.const 33)))
          local.set $s1
          (drop (br_if $unwound (i32.const 13833) (ref.eq (local.get $s1) (global.get $unwind))))
        end
        ;; 107 send: -
        block $done
          block $general0
            (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s0))))
            (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s1))))
            (i31.get_s (ref.cast (ref i31) (local.get $s0)))
            (i31.get_s (ref.cast (ref i31) (local.get $s1)))
            i32.sub local.tee $x
            i32.const 0x40000000 i32.add i32.const 0 i32.lt_s br_if $general0
            (local.set $s0 (ref.i31 (local.get $x)))
            br $done
          end
          (call $special_subtract (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 33)))
          local.set $s0
          (drop (br_if $unwound (i32.const 14088) (ref.eq (local.get $s0) (global.get $unwind))))
        end
        ;; 108 pushTemp: 1
        (if (ref.eq (local.get $t1) (global.get $unboxed)) (then (local.set $t1 (call $new_float (local.get $t1.f)))))
        ;; 109 send: /
        (call $special_divide (local.get $s0) (local.get $t1) (i32.add (local.get $depth) (i32.const 33)))
        local.set $s0
        (drop (br_if $unwound (i32.const 14600) (ref.eq (local.get $s0) (global.get $unwind))))
        ;; 110 popIntoTemp: 7
        (local.set $t7 (local.get $s0))
      end
      ;; 111 pushLit: Complex
      (local.set $s0 (call $variable_value (array.get $Slots (global.get $literals) (i32.const 0))))
      ;; 112 pushTemp: 6
      (if (ref.eq (local.get $t6) (global.get $unboxed)) (then (local.set $t6 (call $new_float (local.get $t6.f)))))
      ;; 113 pushTemp: 7
      (if (ref.eq (local.get $t7) (global.get $unboxed)) (then (local.set $t7 (call $new_float (local.get $t7.f)))))
      ;; 114 send: real:imaginary:
      (if (result eqref) (i32.eq (call $class_index_of (local.get $s0)) (i32.load offset=65564 (i32.const 0)))
        (then (call $Complex.class>>real:imaginary: (local.get $s0) (local.get $t6) (local.get $t7) (i32.const 37) (i32.add (local.get $depth) (i32.const 33))))
        (else (call $send_predicted_2 (local.get $s0) (local.get $t6) (local.get $t7) (i32.const 37) (i32.add (local.get $depth) (i32.const 33)) (i32.const 3609) (i32.const 65564))))
      local.set $s0
      (drop (br_if $unwound (i32.const 15880) (ref.eq (local.get $s0) (global.get $unwind))))
      ;; 115 returnTop
      (local.get $s0) return
    else
      (drop (br_if $unwound (i32.const 521) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
      ;; 116 pushTemp: 0
      ;; 117 self
      ;; 118 pushConstant: #/
      ;; 119 send: adaptToComplex:andSend:
      (if (result eqref) (i32.eq (call $class_index_of (local.get $t0)) (i32.load offset=65568 (i32.const 0)))
        (then (call $Number>>adaptToComplex:andSend: (local.get $t0) (local.get $self) (array.get $Slots (global.get $literals) (i32.const 1)) (i32.const 38) (i32.add (local.get $depth) (i32.const 33))))
        (else (call $send_predicted_2 (local.get $t0) (local.get $self) (array.get $Slots (global.get $literals) (i32.const 1)) (i32.const 38) (i32.add (local.get $depth) (i32.const 33)) (i32.const 15628) (i32.const 65568))))
      local.set $s0
      (drop (br_if $unwound (i32.const 17160) (ref.eq (local.get $s0) (global.get $unwind))))
      ;; 120 returnTop
      (local.get $s0) return
    end
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (if (ref.eq (local.get $t1) (global.get $unboxed)) (then (local.set $t1 (call $new_float (local.get $t1.f)))))
  (if (ref.eq (local.get $t2) (global.get $unboxed)) (then (local.set $t2 (call $new_float (local.get $t2.f)))))
  (if (ref.eq (local.get $t3) (global.get $unboxed)) (then (local.set $t3 (call $new_float (local.get $t3.f)))))
  (if (ref.eq (local.get $t4) (global.get $unboxed)) (then (local.set $t4 (call $new_float (local.get $t4.f)))))
  (if (ref.eq (local.get $t5) (global.get $unboxed)) (then (local.set $t5 (call $new_float (local.get $t5.f)))))
  (if (ref.eq (local.get $t6) (global.get $unboxed)) (then (local.set $t6 (call $new_float (local.get $t6.f)))))
  (if (ref.eq (local.get $t7) (global.get $unboxed)) (then (local.set $t7 (call $new_float (local.get $t7.f)))))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 11278) (local.get $self) (local.get $position) (array.new_fixed $Slots 11 (local.get $t0) (local.get $t1) (local.get $t2) (local.get $t3) (local.get $t4) (local.get $t5) (local.get $t6) (local.get $t7) (local.get $s0) (local.get $s1) (local.get $s2))))
)
