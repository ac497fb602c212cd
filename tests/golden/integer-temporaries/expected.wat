(func $Integer>>timesRepeat: (type $Code1) (param $self eqref) (param $t0 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $fuel i32)
  (local $t1 eqref) (local $s0 eqref) (local $s1 eqref)
  (local $t1.i i32)
  (local $closure0 (ref $BlockClosure0))
  (local $s0.i i32)
  block $unwound (result i32)
    (local.set $fuel (i32.const 63))
    (local.set $t1.i (i32.const 0x80000000))
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 2))))))
    ;; 17 pushConstant: 1
    ;; 18 popIntoTemp: 1
    (i32.const 1)
    local.set $t1.i
    block $left3
      loop $again3
        block $poll3
          loop $L3
            ;; 19 pushTemp: 1
            ;; 20 self
            ;; 21 send: <=
            ;; 22 jumpFalse: 33
            block $done
              block $general
                (br_if $general (i32.eqz (ref.test (ref i31) (local.get $self))))
                (local.get $t1.i)
                (i31.get_s (ref.cast (ref i31) (local.get $self)))
                i32.le_s local.set $c
                br $done
              end
              (call $special_less_equal (ref.i31 (local.get $t1.i)) (local.get $self) (i32.add (local.get $depth) (i32.const 20)))
              local.set $s0
              (drop (br_if $unwound (i32.const 1282) (ref.eq (local.get $s0) (global.get $unwind))))
              (if (i32.eqz (local.tee $c (ref.eq (local.get $s0) (global.get $true)))) (then
                (drop (br_if $unwound (i32.const 1283) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
              ))
            end
            local.get $c
            if
              ;; 24 pushTemp: 0
              ;; 25 send: value
              block $sent
                block $no_closure (result eqref)
                  (local.set $closure0 (br_on_cast_fail $no_closure eqref (ref $BlockClosure0) (local.get $t0)))
                  (local.set $s0 (call_ref $Block0 (local.get $closure0) (i32.add (local.get $depth) (i32.const 20)) (struct.get $BlockClosure0 $code (local.get $closure0))))
                  br $sent
                end
                (local.set $s0 (call $block_value_0 (local.get $t0) (i32.add (local.get $depth) (i32.const 20)))) drop
              end
              (drop (br_if $unwound (i32.const 2306) (ref.eq (local.get $s0) (global.get $unwind))))
              ;; 26 pop
              ;; 27 pushTemp: 1
              ;; 28 pushConstant: 1
              ;; 29 send: +
              (local.get $t1.i)
              (i32.const 1)
              i32.add local.set $x
              (if (i32.lt_s (i32.add (local.get $x) (i32.const 0x40000000)) (i32.const 0)) (then
                (local.set $s0 (ref.i31 (local.get $t1.i)))
                (local.set $s1 (ref.i31 (i32.const 1)))
                (br $unwound (i32.const 3076))
              ))
              (local.set $s0.i (local.get $x))
              ;; 30 popIntoTemp: 1
              (local.get $s0.i)
              local.set $t1.i
              ;; 31 jumpTo: 19
              (if (i32.ge_s (local.tee $fuel (i32.sub (local.get $fuel) (i32.const 1))) (i32.const 0)) (then (br $L3)))
              br $poll3
            else
              ;; 33 returnSelf
              (local.get $self) return
            end
          end
          br $left3
        end
        (drop (br_if $unwound (i32.const 514) (i32.lt_s (local.tee $fuel (call $refuel)) (i32.const 0))))
        br $again3
      end
    end
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 7495) (local.get $self) (local.get $position) (array.new_fixed $Slots 4 (local.get $t0) (call $captured_integer (local.get $t1.i) (local.get $t1)) (local.get $s0) (local.get $s1))))
)
(func $Integer>>timesRepeat:@loop19 (type $LoopEntry) (param $context (ref $Context)) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $self eqref) (local $fuel i32)
  (local $t0 eqref) (local $t1 eqref) (local $s0 eqref) (local $s1 eqref)
  (local $t1.i i32)
  (local $closure0 (ref $BlockClosure0))
  (local $s0.i i32)
  (local.set $self (struct.get $Context $receiver (local.get $context)))
  (local.set $t0 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 0)))
  (local.set $t1 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 1)))
  block $unwound (result i32)
    (local.set $fuel (i32.const 63))
    (local.set $t1.i (i32.const 0x80000000))
    (drop (br_if $unwound (i32.const 514) (i32.eqz (call $is_integer_in (local.get $t1) (i32.const 1) (i32.const 1073741823)))))
    (local.set $t1.i (i31.get_s (ref.cast (ref i31) (local.get $t1))))
    block $left3
      loop $again3
        block $poll3
          loop $L3
            ;; 19 pushTemp: 1
            ;; 20 self
            ;; 21 send: <=
            ;; 22 jumpFalse: 33
            block $done
              block $general
                (br_if $general (i32.eqz (ref.test (ref i31) (local.get $self))))
                (local.get $t1.i)
                (i31.get_s (ref.cast (ref i31) (local.get $self)))
                i32.le_s local.set $c
                br $done
              end
              (call $special_less_equal (ref.i31 (local.get $t1.i)) (local.get $self) (i32.add (local.get $depth) (i32.const 20)))
              local.set $s0
              (drop (br_if $unwound (i32.const 1282) (ref.eq (local.get $s0) (global.get $unwind))))
              (if (i32.eqz (local.tee $c (ref.eq (local.get $s0) (global.get $true)))) (then
                (drop (br_if $unwound (i32.const 1283) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
              ))
            end
            local.get $c
            if
              ;; 24 pushTemp: 0
              ;; 25 send: value
              block $sent
                block $no_closure (result eqref)
                  (local.set $closure0 (br_on_cast_fail $no_closure eqref (ref $BlockClosure0) (local.get $t0)))
                  (local.set $s0 (call_ref $Block0 (local.get $closure0) (i32.add (local.get $depth) (i32.const 20)) (struct.get $BlockClosure0 $code (local.get $closure0))))
                  br $sent
                end
                (local.set $s0 (call $block_value_0 (local.get $t0) (i32.add (local.get $depth) (i32.const 20)))) drop
              end
              (drop (br_if $unwound (i32.const 2306) (ref.eq (local.get $s0) (global.get $unwind))))
              ;; 26 pop
              ;; 27 pushTemp: 1
              ;; 28 pushConstant: 1
              ;; 29 send: +
              (local.get $t1.i)
              (i32.const 1)
              i32.add local.set $x
              (if (i32.lt_s (i32.add (local.get $x) (i32.const 0x40000000)) (i32.const 0)) (then
                (local.set $s0 (ref.i31 (local.get $t1.i)))
                (local.set $s1 (ref.i31 (i32.const 1)))
                (br $unwound (i32.const 3076))
              ))
              (local.set $s0.i (local.get $x))
              ;; 30 popIntoTemp: 1
              (local.get $s0.i)
              local.set $t1.i
              ;; 31 jumpTo: 19
              (if (i32.ge_s (local.tee $fuel (i32.sub (local.get $fuel) (i32.const 1))) (i32.const 0)) (then (br $L3)))
              br $poll3
            else
              ;; 33 returnSelf
              (local.get $self) return
            end
          end
          br $left3
        end
        (drop (br_if $unwound (i32.const 514) (i32.lt_s (local.tee $fuel (call $refuel)) (i32.const 0))))
        br $again3
      end
    end
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (call $capture_resumed_frame (local.get $context) (local.get $position) (array.new_fixed $Slots 4 (local.get $t0) (call $captured_integer (local.get $t1.i) (local.get $t1)) (local.get $s0) (local.get $s1)))
)
(func $Integer>>timesRepeat:@resume26 (type $LoopEntry) (param $context (ref $Context)) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $self eqref) (local $fuel i32)
  (local $t0 eqref) (local $t1 eqref) (local $s0 eqref) (local $s1 eqref)
  (local $t1.i i32)
  (local $s0.i i32)
  (local $closure0 (ref $BlockClosure0))
  (local.set $self (struct.get $Context $receiver (local.get $context)))
  (local.set $t0 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 0)))
  (local.set $t1 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 1)))
  (local.set $s0 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 2)))
  block $unwound (result i32)
    (local.set $fuel (i32.const 63))
    (local.set $t1.i (i32.const 0x80000000))
    (drop (br_if $unwound (i32.const 2307) (i32.eqz (call $is_integer_in (local.get $t1) (i32.const 1) (i32.const 1073741823)))))
    (local.set $t1.i (i31.get_s (ref.cast (ref i31) (local.get $t1))))
    block $left7
      loop $again7
        block $poll7
          loop $L7
            ;; 26 pop
            ;; 27 pushTemp: 1
            ;; 28 pushConstant: 1
            ;; 29 send: +
            (local.get $t1.i)
            (i32.const 1)
            i32.add local.set $x
            (if (i32.lt_s (i32.add (local.get $x) (i32.const 0x40000000)) (i32.const 0)) (then
              (local.set $s0 (ref.i31 (local.get $t1.i)))
              (local.set $s1 (ref.i31 (i32.const 1)))
              (br $unwound (i32.const 3076))
            ))
            (local.set $s0.i (local.get $x))
            ;; 30 popIntoTemp: 1
            (local.get $s0.i)
            local.set $t1.i
            ;; 31 jumpTo: 19
            ;; 19 pushTemp: 1
            ;; 20 self
            ;; 21 send: <=
            ;; 22 jumpFalse: 33
            block $done
              block $general
                (br_if $general (i32.eqz (ref.test (ref i31) (local.get $self))))
                (local.get $t1.i)
                (i31.get_s (ref.cast (ref i31) (local.get $self)))
                i32.le_s local.set $c
                br $done
              end
              (call $special_less_equal (ref.i31 (local.get $t1.i)) (local.get $self) (i32.add (local.get $depth) (i32.const 20)))
              local.set $s0
              (drop (br_if $unwound (i32.const 1282) (ref.eq (local.get $s0) (global.get $unwind))))
              (if (i32.eqz (local.tee $c (ref.eq (local.get $s0) (global.get $true)))) (then
                (drop (br_if $unwound (i32.const 1283) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
              ))
            end
            local.get $c
            if
              ;; 24 pushTemp: 0
              ;; 25 send: value
              block $sent
                block $no_closure (result eqref)
                  (local.set $closure0 (br_on_cast_fail $no_closure eqref (ref $BlockClosure0) (local.get $t0)))
                  (local.set $s0 (call_ref $Block0 (local.get $closure0) (i32.add (local.get $depth) (i32.const 20)) (struct.get $BlockClosure0 $code (local.get $closure0))))
                  br $sent
                end
                (local.set $s0 (call $block_value_0 (local.get $t0) (i32.add (local.get $depth) (i32.const 20)))) drop
              end
              (drop (br_if $unwound (i32.const 2306) (ref.eq (local.get $s0) (global.get $unwind))))
              (if (i32.ge_s (local.tee $fuel (i32.sub (local.get $fuel) (i32.const 1))) (i32.const 0)) (then (br $L7)))
              br $poll7
            else
              ;; 33 returnSelf
              (local.get $self) return
            end
          end
          br $left7
        end
        (drop (br_if $unwound (i32.const 2307) (i32.lt_s (local.tee $fuel (call $refuel)) (i32.const 0))))
        br $again7
      end
    end
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (call $capture_resumed_frame (local.get $context) (local.get $position) (array.new_fixed $Slots 4 (local.get $t0) (call $captured_integer (local.get $t1.i) (local.get $t1)) (local.get $s0) (local.get $s1)))
)
