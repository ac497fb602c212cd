(func $Delay>>adjustResumptionTimeOldBase:newBase: (type $Code2) (param $self eqref) (param $t0 eqref) (param $t1 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $me (ref null $Fixed4)) (local $f0 f64) (local $f1 f64) (local $f2 f64) (local $f3 f64) (local $f4 f64)
  (local $s0 eqref) (local $s1 eqref) (local $s2 eqref)
  (local.set $me (ref.cast (ref $Fixed4) (local.get $self)))
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (@metadata.code.branch_hint "\00") (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 2))))))
    block $run
      block $slow
        (@metadata.code.branch_hint "\00") (br_if $slow (i32.eqz (ref.test (ref $Float) (struct.get $Fixed4 $slot1 (local.get $me)))))
        (local.set $f0 (struct.get $Float $value (ref.cast (ref $Float) (struct.get $Fixed4 $slot1 (local.get $me)))))
        (@metadata.code.branch_hint "\01") (if (ref.test (ref $Float) (local.get $t0))
          (then (local.set $f1 (struct.get $Float $value (ref.cast (ref $Float) (local.get $t0)))))
          (else
            (@metadata.code.branch_hint "\00") (br_if $slow (i32.eqz (ref.test (ref i31) (local.get $t0))))
            (local.set $f1 (f64.convert_i32_s (i31.get_s (ref.cast (ref i31) (local.get $t0)))))
          )
        )
        (local.set $f2 (f64.sub (local.get $f0) (local.get $f1)))
        (@metadata.code.branch_hint "\01") (if (ref.test (ref $Float) (local.get $t1))
          (then (local.set $f3 (struct.get $Float $value (ref.cast (ref $Float) (local.get $t1)))))
          (else
            (@metadata.code.branch_hint "\00") (br_if $slow (i32.eqz (ref.test (ref i31) (local.get $t1))))
            (local.set $f3 (f64.convert_i32_s (i31.get_s (ref.cast (ref i31) (local.get $t1)))))
          )
        )
        (local.set $f4 (f64.add (local.get $f3) (local.get $f2)))
        (local.set $r (struct.get $Fixed4 $slot1 (local.get $me)))
        block $stored
          block $shared
            (@metadata.code.branch_hint "\00") (br_if $shared (i32.eqz (ref.test (ref $Float) (local.get $r))))
            (@metadata.code.branch_hint "\00") (br_if $shared (i32.ge_s (struct.get $Float $classIndex (ref.cast (ref $Float) (local.get $r))) (i32.const 0)))
            (struct.set $Float $value (ref.cast (ref $Float) (local.get $r)) (local.get $f4))
            br $stored
          end
          (struct.set $Fixed4 $slot1 (local.get $me) (call $float_for_slot (ref.as_non_null (local.get $me)) (i32.const 1) (local.get $f4)))
        end
        br $run
      end
      ;; 13 pushTemp: 1
      ;; 14 pushRcvr: 1
      (local.set $s1 (call $disowned (struct.get $Fixed4 $slot1 (local.get $me))))
      ;; 15 pushTemp: 0
      ;; 16 send: -
      (local.set $s0 (local.get $t1))
      block $done
        block $general0
          (@metadata.code.branch_hint "\00") (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s1))))
          (@metadata.code.branch_hint "\00") (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t0))))
          (i31.get_s (ref.cast (ref i31) (local.get $s1)))
          (i31.get_s (ref.cast (ref i31) (local.get $t0)))
          i32.sub local.tee $x
          i32.const 0x40000000 i32.add i32.const 0 i32.lt_s (@metadata.code.branch_hint "\00") br_if $general0
          (local.set $s1 (ref.i31 (local.get $x)))
          br $done
        end
        (call $special_subtract (local.get $s1) (local.get $t0) (i32.add (local.get $depth) (i32.const 21)))
        local.set $s1
        (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 1027) (ref.eq (local.get $s1) (global.get $unwind))))
      end
      ;; 17 send: +
      block $done
        block $general0
          (@metadata.code.branch_hint "\00") (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s0))))
          (@metadata.code.branch_hint "\00") (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s1))))
          (i31.get_s (ref.cast (ref i31) (local.get $s0)))
          (i31.get_s (ref.cast (ref i31) (local.get $s1)))
          i32.add local.tee $x
          i32.const 0x40000000 i32.add i32.const 0 i32.lt_s (@metadata.code.branch_hint "\00") br_if $general0
          (local.set $s0 (ref.i31 (local.get $x)))
          br $done
        end
        (call $special_add (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)))
        local.set $s0
        (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 1282) (ref.eq (local.get $s0) (global.get $unwind))))
      end
      ;; 18 popIntoRcvr: 1
      (struct.set $Fixed4 $slot1 (local.get $me) (local.get $s0))
    end
    ;; 19 returnSelf
    (local.get $self) return
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 6781) (local.get $self) (local.get $position) (array.new_fixed $Slots 5 (local.get $t0) (local.get $t1) (local.get $s0) (local.get $s1) (local.get $s2))))
)
