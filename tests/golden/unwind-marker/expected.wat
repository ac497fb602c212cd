(func $BlockClosure>>ensure: (type $Code1) (param $self eqref) (param $t0 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref)
  (local $t1 eqref) (local $t2 eqref) (local $s0 eqref) (local $s1 eqref)
  (local $closure0 (ref $BlockClosure0))
  block $leave (result eqref)
    block $unwound (result i32)
      (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
      (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
        (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 771))))))
      (global.set $barrier_count (i32.add (global.get $barrier_count) (i32.const 1)))
      ;; 21 callPrimitive: 198
      ;; 24 self
      ;; 25 send: valueNoContextSwitch
      block $sent
        block $other
          block $evaluated
            block $no_closure (result eqref)
              (local.set $closure0 (br_on_cast_fail $no_closure eqref (ref $BlockClosure0) (local.get $self)))
              (br_if $other (i32.ne (struct.get $BlockClosure $classIndex (local.get $closure0)) (i32.load offset=65536 (i32.const 0))))
              (br_if $other (i32.or (i32.ne (struct.get $BlockClosure $numArgs (local.get $closure0)) (i32.const 0)) (ref.is_null (struct.get $BlockClosure $outer (local.get $closure0)))))
              (local.set $s0 (call_ref $Block0 (local.get $closure0) (i32.add (local.get $depth) (i32.const 21)) (struct.get $BlockClosure0 $code (local.get $closure0))))
              br $evaluated
            end
            drop br $other
          end
          br $sent
        end
        (local.set $s0 (call $send_predicted_0 (local.get $self) (i32.const 32) (i32.add (local.get $depth) (i32.const 21)) (i32.const 265) (i32.const 65536)))
      end
      (drop (br_if $unwound (i32.const 1283) (ref.eq (local.get $s0) (global.get $unwind))))
      ;; 26 popIntoTemp: 2
      (local.set $t2 (local.get $s0))
      ;; 27 pushTemp: 1
      ;; 28 pushConstant: nil
      ;; 29 send: ==
      ;; 30 jumpFalse: 36
      (local.set $c (ref.eq (local.get $t1) (ref.null eq)))
      local.get $c
      if
        ;; 31 pushConstant: true
        ;; 32 popIntoTemp: 1
        (local.set $t1 (global.get $true))
        ;; 33 pushTemp: 0
        ;; 34 send: value
        block $sent
          block $no_closure (result eqref)
            (local.set $closure0 (br_on_cast_fail $no_closure eqref (ref $BlockClosure0) (local.get $t0)))
            (local.set $s0 (call_ref $Block0 (local.get $closure0) (i32.add (local.get $depth) (i32.const 21)) (struct.get $BlockClosure0 $code (local.get $closure0))))
            br $sent
          end
          (local.set $s0 (call $block_value_0 (local.get $t0) (i32.add (local.get $depth) (i32.const 21)))) drop
        end
        (drop (br_if $unwound (i32.const 3587) (ref.eq (local.get $s0) (global.get $unwind))))
        ;; 35 pop
      else
      end
      ;; 36 pushTemp: 2
      ;; 37 returnTop
      (local.get $t2) br $leave
      unreachable
    end
    local.set $position
    (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
      (return (global.get $unwind))
    ))
    (return (call $capture_frame (ref.null $FrameToken) (i32.const 259) (local.get $self) (local.get $position) (array.new_fixed $Slots 5 (local.get $t0) (local.get $t1) (local.get $t2) (local.get $s0) (local.get $s1))))
  end
  (global.set $barrier_count (i32.sub (global.get $barrier_count) (i32.const 1)))
)
