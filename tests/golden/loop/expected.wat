(func $OrderedCollection>>do: (type $Code1) (param $self eqref) (param $t0 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $me (ref null $Fixed3)) (local $fuel i32) (local $array (ref null $Indexed)) (local $elements (ref null $Slots))
  (local $t1 eqref) (local $s0 eqref) (local $s1 eqref) (local $s2 eqref)
  (local $closure1 (ref $BlockClosure1))
  (local.set $me (ref.cast (ref $Fixed3) (local.get $self)))
  block $unwound (result i32)
    (local.set $fuel (i32.const 63))
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 2))))))
    ;; 17 pushRcvr: 1
    (local.set $s0 (struct.get $Fixed3 $slot1 (local.get $me)))
    ;; 18 popIntoTemp: 1
    (local.set $t1 (local.get $s0))
    block $left3
      loop $again3
        block $poll3
          loop $L3
            ;; 19 pushTemp: 1
            ;; 20 pushRcvr: 2
            (local.set $s1 (struct.get $Fixed3 $slot2 (local.get $me)))
            ;; 21 send: <=
            ;; 22 jumpFalse: 36
            block $done
              block $general
                (br_if $general (i32.eqz (ref.test (ref i31) (local.get $t1))))
                (br_if $general (i32.eqz (ref.test (ref i31) (local.get $s1))))
                (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                (i31.get_s (ref.cast (ref i31) (local.get $s1)))
                i32.le_s local.set $c
                br $done
              end
              (call $special_less_equal (local.get $t1) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)))
              local.set $s0
              (drop (br_if $unwound (i32.const 1282) (ref.eq (local.get $s0) (global.get $unwind))))
              (if (i32.eqz (local.tee $c (ref.eq (local.get $s0) (global.get $true)))) (then
                (drop (br_if $unwound (i32.const 1283) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
              ))
            end
            local.get $c
            if
              ;; 24 pushTemp: 0
              ;; 25 pushRcvr: 0
              (local.set $s1 (struct.get $Fixed3 $slot0 (local.get $me)))
              ;; 26 pushTemp: 1
              ;; 27 send: at:
              (local.set $s0 (local.get $t0))
              block $sent
                block $other
                  (br_if $other (i32.eqz (ref.test (ref i31) (local.get $t1))))
                  (br_if $other (i32.eqz (ref.test (ref $Indexed) (local.get $s1))))
                  (local.set $array (ref.cast (ref $Indexed) (local.get $s1)))
                  (br_if $other (i32.ne (struct.get $Indexed $classIndex (local.get $array)) (global.get $plain_array_class)))
                  (local.set $elements (struct.get $Indexed $slots (local.get $array)))
                  (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                  (local.set $x (i32.sub (i32.const 1)))
                  (if (i32.lt_u (local.get $x) (array.len (local.get $elements))) (then
                    (local.set $s1 (array.get $Slots (local.get $elements) (local.get $x)))
                    br $sent
                  ))
                end
                (call $send_at_general (local.get $s1) (local.get $t1) (i32.add (local.get $depth) (i32.const 21)))
                local.set $s1
                (drop (br_if $unwound (i32.const 2819) (ref.eq (local.get $s1) (global.get $unwind))))
              end
              ;; 28 send: value:
              block $sent
                block $no_closure (result eqref)
                  (local.set $closure1 (br_on_cast_fail $no_closure eqref (ref $BlockClosure1) (local.get $s0)))
                  (local.set $s0 (call_ref $Block1 (local.get $closure1) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)) (struct.get $BlockClosure1 $code (local.get $closure1))))
                  br $sent
                end
                (local.set $s0 (call $block_value_1 (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)))) drop
              end
              (drop (br_if $unwound (i32.const 3074) (ref.eq (local.get $s0) (global.get $unwind))))
              ;; 29 pop
              ;; 30 pushTemp: 1
              ;; 31 pushConstant: 1
              ;; 32 send: +
              block $done
                block $general0
                  (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t1))))
                  (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                  (i32.const 1)
                  i32.add local.tee $x
                  i32.const 0x40000000 i32.add i32.const 0 i32.lt_s br_if $general0
                  (local.set $s0 (ref.i31 (local.get $x)))
                  br $done
                end
                (call $special_add (local.get $t1) (ref.i31 (i32.const 1)) (i32.add (local.get $depth) (i32.const 21)))
                local.set $s0
                (drop (br_if $unwound (i32.const 4098) (ref.eq (local.get $s0) (global.get $unwind))))
              end
              ;; 33 popIntoTemp: 1
              (local.set $t1 (local.get $s0))
              ;; 34 jumpTo: 19
              (if (i32.ge_s (local.tee $fuel (i32.sub (local.get $fuel) (i32.const 1))) (i32.const 0)) (then (br $L3)))
              br $poll3
            else
              ;; 36 returnSelf
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
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 881) (local.get $self) (local.get $position) (array.new_fixed $Slots 5 (local.get $t0) (local.get $t1) (local.get $s0) (local.get $s1) (local.get $s2))))
)
(func $OrderedCollection>>do:@loop19 (type $LoopEntry) (param $context (ref $Context)) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $self eqref) (local $me (ref null $Fixed3)) (local $fuel i32) (local $array (ref null $Indexed)) (local $elements (ref null $Slots))
  (local $t0 eqref) (local $t1 eqref) (local $s0 eqref) (local $s1 eqref) (local $s2 eqref)
  (local $closure1 (ref $BlockClosure1))
  (local.set $self (struct.get $Context $receiver (local.get $context)))
  (local.set $t0 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 0)))
  (local.set $t1 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 1)))
  (local.set $me (ref.cast (ref $Fixed3) (local.get $self)))
  block $unwound (result i32)
    (local.set $fuel (i32.const 63))
    block $left3
      loop $again3
        block $poll3
          loop $L3
            ;; 19 pushTemp: 1
            ;; 20 pushRcvr: 2
            (local.set $s1 (struct.get $Fixed3 $slot2 (local.get $me)))
            ;; 21 send: <=
            ;; 22 jumpFalse: 36
            block $done
              block $general
                (br_if $general (i32.eqz (ref.test (ref i31) (local.get $t1))))
                (br_if $general (i32.eqz (ref.test (ref i31) (local.get $s1))))
                (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                (i31.get_s (ref.cast (ref i31) (local.get $s1)))
                i32.le_s local.set $c
                br $done
              end
              (call $special_less_equal (local.get $t1) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)))
              local.set $s0
              (drop (br_if $unwound (i32.const 1282) (ref.eq (local.get $s0) (global.get $unwind))))
              (if (i32.eqz (local.tee $c (ref.eq (local.get $s0) (global.get $true)))) (then
                (drop (br_if $unwound (i32.const 1283) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
              ))
            end
            local.get $c
            if
              ;; 24 pushTemp: 0
              ;; 25 pushRcvr: 0
              (local.set $s1 (struct.get $Fixed3 $slot0 (local.get $me)))
              ;; 26 pushTemp: 1
              ;; 27 send: at:
              (local.set $s0 (local.get $t0))
              block $sent
                block $other
                  (br_if $other (i32.eqz (ref.test (ref i31) (local.get $t1))))
                  (br_if $other (i32.eqz (ref.test (ref $Indexed) (local.get $s1))))
                  (local.set $array (ref.cast (ref $Indexed) (local.get $s1)))
                  (br_if $other (i32.ne (struct.get $Indexed $classIndex (local.get $array)) (global.get $plain_array_class)))
                  (local.set $elements (struct.get $Indexed $slots (local.get $array)))
                  (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                  (local.set $x (i32.sub (i32.const 1)))
                  (if (i32.lt_u (local.get $x) (array.len (local.get $elements))) (then
                    (local.set $s1 (array.get $Slots (local.get $elements) (local.get $x)))
                    br $sent
                  ))
                end
                (call $send_at_general (local.get $s1) (local.get $t1) (i32.add (local.get $depth) (i32.const 21)))
                local.set $s1
                (drop (br_if $unwound (i32.const 2819) (ref.eq (local.get $s1) (global.get $unwind))))
              end
              ;; 28 send: value:
              block $sent
                block $no_closure (result eqref)
                  (local.set $closure1 (br_on_cast_fail $no_closure eqref (ref $BlockClosure1) (local.get $s0)))
                  (local.set $s0 (call_ref $Block1 (local.get $closure1) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)) (struct.get $BlockClosure1 $code (local.get $closure1))))
                  br $sent
                end
                (local.set $s0 (call $block_value_1 (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)))) drop
              end
              (drop (br_if $unwound (i32.const 3074) (ref.eq (local.get $s0) (global.get $unwind))))
              ;; 29 pop
              ;; 30 pushTemp: 1
              ;; 31 pushConstant: 1
              ;; 32 send: +
              block $done
                block $general0
                  (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t1))))
                  (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                  (i32.const 1)
                  i32.add local.tee $x
                  i32.const 0x40000000 i32.add i32.const 0 i32.lt_s br_if $general0
                  (local.set $s0 (ref.i31 (local.get $x)))
                  br $done
                end
                (call $special_add (local.get $t1) (ref.i31 (i32.const 1)) (i32.add (local.get $depth) (i32.const 21)))
                local.set $s0
                (drop (br_if $unwound (i32.const 4098) (ref.eq (local.get $s0) (global.get $unwind))))
              end
              ;; 33 popIntoTemp: 1
              (local.set $t1 (local.get $s0))
              ;; 34 jumpTo: 19
              (if (i32.ge_s (local.tee $fuel (i32.sub (local.get $fuel) (i32.const 1))) (i32.const 0)) (then (br $L3)))
              br $poll3
            else
              ;; 36 returnSelf
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
  (call $capture_resumed_frame (local.get $context) (local.get $position) (array.new_fixed $Slots 5 (local.get $t0) (local.get $t1) (local.get $s0) (local.get $s1) (local.get $s2)))
)
(func $OrderedCollection>>do:@resume29 (type $LoopEntry) (param $context (ref $Context)) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $self eqref) (local $me (ref null $Fixed3)) (local $fuel i32) (local $array (ref null $Indexed)) (local $elements (ref null $Slots))
  (local $t0 eqref) (local $t1 eqref) (local $s0 eqref) (local $s1 eqref) (local $s2 eqref)
  (local $closure1 (ref $BlockClosure1))
  (local.set $self (struct.get $Context $receiver (local.get $context)))
  (local.set $t0 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 0)))
  (local.set $t1 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 1)))
  (local.set $s0 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 2)))
  (local.set $me (ref.cast (ref $Fixed3) (local.get $self)))
  block $unwound (result i32)
    (local.set $fuel (i32.const 63))
    block $left7
      loop $again7
        block $poll7
          loop $L7
            ;; 29 pop
            ;; 30 pushTemp: 1
            ;; 31 pushConstant: 1
            ;; 32 send: +
            block $done
              block $general0
                (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t1))))
                (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                (i32.const 1)
                i32.add local.tee $x
                i32.const 0x40000000 i32.add i32.const 0 i32.lt_s br_if $general0
                (local.set $s0 (ref.i31 (local.get $x)))
                br $done
              end
              (call $special_add (local.get $t1) (ref.i31 (i32.const 1)) (i32.add (local.get $depth) (i32.const 21)))
              local.set $s0
              (drop (br_if $unwound (i32.const 4098) (ref.eq (local.get $s0) (global.get $unwind))))
            end
            ;; 33 popIntoTemp: 1
            (local.set $t1 (local.get $s0))
            ;; 34 jumpTo: 19
            ;; 19 pushTemp: 1
            ;; 20 pushRcvr: 2
            (local.set $s1 (struct.get $Fixed3 $slot2 (local.get $me)))
            ;; 21 send: <=
            ;; 22 jumpFalse: 36
            block $done
              block $general
                (br_if $general (i32.eqz (ref.test (ref i31) (local.get $t1))))
                (br_if $general (i32.eqz (ref.test (ref i31) (local.get $s1))))
                (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                (i31.get_s (ref.cast (ref i31) (local.get $s1)))
                i32.le_s local.set $c
                br $done
              end
              (call $special_less_equal (local.get $t1) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)))
              local.set $s0
              (drop (br_if $unwound (i32.const 1282) (ref.eq (local.get $s0) (global.get $unwind))))
              (if (i32.eqz (local.tee $c (ref.eq (local.get $s0) (global.get $true)))) (then
                (drop (br_if $unwound (i32.const 1283) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
              ))
            end
            local.get $c
            if
              ;; 24 pushTemp: 0
              ;; 25 pushRcvr: 0
              (local.set $s1 (struct.get $Fixed3 $slot0 (local.get $me)))
              ;; 26 pushTemp: 1
              ;; 27 send: at:
              (local.set $s0 (local.get $t0))
              block $sent
                block $other
                  (br_if $other (i32.eqz (ref.test (ref i31) (local.get $t1))))
                  (br_if $other (i32.eqz (ref.test (ref $Indexed) (local.get $s1))))
                  (local.set $array (ref.cast (ref $Indexed) (local.get $s1)))
                  (br_if $other (i32.ne (struct.get $Indexed $classIndex (local.get $array)) (global.get $plain_array_class)))
                  (local.set $elements (struct.get $Indexed $slots (local.get $array)))
                  (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                  (local.set $x (i32.sub (i32.const 1)))
                  (if (i32.lt_u (local.get $x) (array.len (local.get $elements))) (then
                    (local.set $s1 (array.get $Slots (local.get $elements) (local.get $x)))
                    br $sent
                  ))
                end
                (call $send_at_general (local.get $s1) (local.get $t1) (i32.add (local.get $depth) (i32.const 21)))
                local.set $s1
                (drop (br_if $unwound (i32.const 2819) (ref.eq (local.get $s1) (global.get $unwind))))
              end
              ;; 28 send: value:
              block $sent
                block $no_closure (result eqref)
                  (local.set $closure1 (br_on_cast_fail $no_closure eqref (ref $BlockClosure1) (local.get $s0)))
                  (local.set $s0 (call_ref $Block1 (local.get $closure1) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)) (struct.get $BlockClosure1 $code (local.get $closure1))))
                  br $sent
                end
                (local.set $s0 (call $block_value_1 (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)))) drop
              end
              (drop (br_if $unwound (i32.const 3074) (ref.eq (local.get $s0) (global.get $unwind))))
              (if (i32.ge_s (local.tee $fuel (i32.sub (local.get $fuel) (i32.const 1))) (i32.const 0)) (then (br $L7)))
              br $poll7
            else
              ;; 36 returnSelf
              (local.get $self) return
            end
          end
          br $left7
        end
        (drop (br_if $unwound (i32.const 3075) (i32.lt_s (local.tee $fuel (call $refuel)) (i32.const 0))))
        br $again7
      end
    end
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (call $capture_resumed_frame (local.get $context) (local.get $position) (array.new_fixed $Slots 5 (local.get $t0) (local.get $t1) (local.get $s0) (local.get $s1) (local.get $s2)))
)
