(func $SequenceableCollection>>reverseDo: (type $Code1) (param $self eqref) (param $t0 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $fuel i32) (local $array (ref null $Indexed)) (local $elements (ref null $Slots))
  (local $t1 eqref) (local $s0 eqref) (local $s1 eqref) (local $s2 eqref)
  (local $closure1 (ref $BlockClosure1))
  (local $s0.i i32)
    (@metadata.code.branch_hint "\00") (if (i32.ge_u (i32.load offset=65536 (i32.const 0)) (i32.const 8)) (then (return_call $SequenceableCollection>>reverseDo:@general (local.get $self) (local.get $t0) (local.get $selector) (local.get $depth))))
  block $unwound (result i32)
    (local.set $fuel (i32.const 63))
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (@metadata.code.branch_hint "\00") (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 2))))))
    block $exit (result i32)
      ;; 17 self
      ;; 18 send: size
      (call $send_size (local.get $self) (i32.add (local.get $depth) (i32.const 21)))
      local.set $s0
      (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 514) (ref.eq (local.get $s0) (global.get $unwind))))
      ;; 19 popIntoTemp: 1
      (local.set $t1 (local.get $s0))
      block $left3
        loop $again3
          block $poll3
            loop $L3
              ;; 20 pushTemp: 1
              ;; 21 pushConstant: 1
              ;; 22 send: >=
              ;; 23 jumpFalse: 37
              block $done
                block $general
                  (@metadata.code.branch_hint "\00") (br_if $general (i32.eqz (ref.test (ref i31) (local.get $t1))))
                  (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                  (i32.const 1)
                  i32.ge_s local.set $c
                  br $done
                end
                (local.set $s0 (local.get $t1))
                (local.set $s1 (ref.i31 (i32.const 1)))
                (br $exit (i32.const 1284))
              end
              local.get $c
              if
                ;; 25 pushTemp: 0
                ;; 26 self
                ;; 27 pushTemp: 1
                ;; 28 send: at:
                (local.set $s0 (local.get $t0))
                block $sent
                  block $other
                    (@metadata.code.branch_hint "\00") (br_if $other (i32.eqz (ref.test (ref $Indexed) (local.get $self))))
                    (local.set $array (ref.cast (ref $Indexed) (local.get $self)))
                    (@metadata.code.branch_hint "\00") (br_if $other (i32.ne (struct.get $Indexed $classIndex (local.get $array)) (global.get $plain_array_class)))
                    (local.set $elements (struct.get $Indexed $slots (local.get $array)))
                    (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                    (local.set $x (i32.sub (i32.const 1)))
                    (if (i32.lt_u (local.get $x) (array.len (local.get $elements))) (then
                      (local.set $s1 (array.get $Slots (local.get $elements) (local.get $x)))
                      br $sent
                    ))
                  end
                  (local.set $s1 (local.get $self))
                  (local.set $s2 (local.get $t1))
                  (br $exit (i32.const 2821))
                end
                ;; 29 send: value:
                block $sent
                  block $no_closure (result eqref)
                    (local.set $closure1 (br_on_cast_fail $no_closure eqref (ref $BlockClosure1) (local.get $s0)))
                    (local.set $s0 (call_ref $Block1 (local.get $closure1) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)) (struct.get $BlockClosure1 $code (local.get $closure1))))
                    br $sent
                  end
                  (local.set $s0 (call $block_value_1 (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)))) drop
                end
                (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 3330) (ref.eq (local.get $s0) (global.get $unwind))))
                ;; 30 pop
                ;; 31 pushTemp: 1
                ;; 32 pushConstant: -1
                ;; 33 send: +
                (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                (i32.const -1)
                i32.add local.set $x
                (@metadata.code.branch_hint "\00") (if (i32.lt_s (i32.add (local.get $x) (i32.const 0x40000000)) (i32.const 0)) (then
                  (local.set $s0 (local.get $t1))
                  (local.set $s1 (ref.i31 (i32.const -1)))
                  (br $unwound (i32.const 4100))
                ))
                (local.set $s0.i (local.get $x))
                ;; 34 popIntoTemp: 1
                (local.set $t1 (ref.i31 (local.get $s0.i)))
                ;; 35 jumpTo: 20
                (@metadata.code.branch_hint "\01") (if (i32.ge_s (local.tee $fuel (i32.sub (local.get $fuel) (i32.const 1))) (i32.const 0)) (then (br $L3)))
                br $poll3
              else
                ;; 37 returnSelf
                (local.get $self) return
              end
            end
            br $left3
          end
          (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 770) (i32.lt_s (local.tee $fuel (call $refuel)) (i32.const 0))))
          br $again3
        end
      end
      unreachable
    end
    (call $count_exit (i32.const 65536))
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 12982) (local.get $self) (local.get $position) (array.new_fixed $Slots 5 (local.get $t0) (local.get $t1) (local.get $s0) (local.get $s1) (local.get $s2))))
)
(func $SequenceableCollection>>reverseDo:@general (type $Code1) (param $self eqref) (param $t0 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $fuel i32) (local $array (ref null $Indexed)) (local $elements (ref null $Slots))
  (local $t1 eqref) (local $s0 eqref) (local $s1 eqref) (local $s2 eqref)
  (local $closure1 (ref $BlockClosure1))
  block $unwound (result i32)
    (local.set $fuel (i32.const 63))
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 2))))))
    ;; 17 self
    ;; 18 send: size
    (call $send_size (local.get $self) (i32.add (local.get $depth) (i32.const 21)))
    local.set $s0
    (drop (br_if $unwound (i32.const 514) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 19 popIntoTemp: 1
    (local.set $t1 (local.get $s0))
    block $left3
      loop $again3
        block $poll3
          loop $L3
            ;; 20 pushTemp: 1
            ;; 21 pushConstant: 1
            ;; 22 send: >=
            ;; 23 jumpFalse: 37
            block $done
              block $general
                (br_if $general (i32.eqz (ref.test (ref i31) (local.get $t1))))
                (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                (i32.const 1)
                i32.ge_s local.set $c
                br $done
              end
              (call $special_greater_equal (local.get $t1) (ref.i31 (i32.const 1)) (i32.add (local.get $depth) (i32.const 21)))
              local.set $s0
              (drop (br_if $unwound (i32.const 1538) (ref.eq (local.get $s0) (global.get $unwind))))
              (if (i32.eqz (local.tee $c (ref.eq (local.get $s0) (global.get $true)))) (then
                (drop (br_if $unwound (i32.const 1539) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
              ))
            end
            local.get $c
            if
              ;; 25 pushTemp: 0
              ;; 26 self
              ;; 27 pushTemp: 1
              ;; 28 send: at:
              (local.set $s0 (local.get $t0))
              block $sent
                block $other
                  (br_if $other (i32.eqz (ref.test (ref i31) (local.get $t1))))
                  (br_if $other (i32.eqz (ref.test (ref $Indexed) (local.get $self))))
                  (local.set $array (ref.cast (ref $Indexed) (local.get $self)))
                  (br_if $other (i32.ne (struct.get $Indexed $classIndex (local.get $array)) (global.get $plain_array_class)))
                  (local.set $elements (struct.get $Indexed $slots (local.get $array)))
                  (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                  (local.set $x (i32.sub (i32.const 1)))
                  (if (i32.lt_u (local.get $x) (array.len (local.get $elements))) (then
                    (local.set $s1 (array.get $Slots (local.get $elements) (local.get $x)))
                    br $sent
                  ))
                end
                (call $send_at_general (local.get $self) (local.get $t1) (i32.add (local.get $depth) (i32.const 21)))
                local.set $s1
                (drop (br_if $unwound (i32.const 3075) (ref.eq (local.get $s1) (global.get $unwind))))
              end
              ;; 29 send: value:
              block $sent
                block $no_closure (result eqref)
                  (local.set $closure1 (br_on_cast_fail $no_closure eqref (ref $BlockClosure1) (local.get $s0)))
                  (local.set $s0 (call_ref $Block1 (local.get $closure1) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)) (struct.get $BlockClosure1 $code (local.get $closure1))))
                  br $sent
                end
                (local.set $s0 (call $block_value_1 (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)))) drop
              end
              (drop (br_if $unwound (i32.const 3330) (ref.eq (local.get $s0) (global.get $unwind))))
              ;; 30 pop
              ;; 31 pushTemp: 1
              ;; 32 pushConstant: -1
              ;; 33 send: +
              block $done
                block $general0
                  (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t1))))
                  (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                  (i32.const -1)
                  i32.add local.tee $x
                  i32.const 0x40000000 i32.add i32.const 0 i32.lt_s br_if $general0
                  (local.set $s0 (ref.i31 (local.get $x)))
                  br $done
                end
                (call $special_add (local.get $t1) (ref.i31 (i32.const -1)) (i32.add (local.get $depth) (i32.const 21)))
                local.set $s0
                (drop (br_if $unwound (i32.const 4354) (ref.eq (local.get $s0) (global.get $unwind))))
              end
              ;; 34 popIntoTemp: 1
              (local.set $t1 (local.get $s0))
              ;; 35 jumpTo: 20
              (if (i32.ge_s (local.tee $fuel (i32.sub (local.get $fuel) (i32.const 1))) (i32.const 0)) (then (br $L3)))
              br $poll3
            else
              ;; 37 returnSelf
              (local.get $self) return
            end
          end
          br $left3
        end
        (drop (br_if $unwound (i32.const 770) (i32.lt_s (local.tee $fuel (call $refuel)) (i32.const 0))))
        br $again3
      end
    end
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 12982) (local.get $self) (local.get $position) (array.new_fixed $Slots 5 (local.get $t0) (local.get $t1) (local.get $s0) (local.get $s1) (local.get $s2))))
)
(func $SequenceableCollection>>reverseDo:@loop20 (type $LoopEntry) (param $context (ref $Context)) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $self eqref) (local $fuel i32) (local $array (ref null $Indexed)) (local $elements (ref null $Slots))
  (local $t0 eqref) (local $t1 eqref) (local $s0 eqref) (local $s1 eqref) (local $s2 eqref)
  (local $closure1 (ref $BlockClosure1))
  (local.set $self (struct.get $Context $receiver (local.get $context)))
  (local.set $t0 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 0)))
  (local.set $t1 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 1)))
  block $unwound (result i32)
    (local.set $fuel (i32.const 63))
    block $left3
      loop $again3
        block $poll3
          loop $L3
            ;; 20 pushTemp: 1
            ;; 21 pushConstant: 1
            ;; 22 send: >=
            ;; 23 jumpFalse: 37
            block $done
              block $general
                (@metadata.code.branch_hint "\00") (br_if $general (i32.eqz (ref.test (ref i31) (local.get $t1))))
                (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                (i32.const 1)
                i32.ge_s local.set $c
                br $done
              end
              (call $special_greater_equal (local.get $t1) (ref.i31 (i32.const 1)) (i32.add (local.get $depth) (i32.const 21)))
              local.set $s0
              (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 1538) (ref.eq (local.get $s0) (global.get $unwind))))
              (if (i32.eqz (local.tee $c (ref.eq (local.get $s0) (global.get $true)))) (then
                (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 1539) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
              ))
            end
            local.get $c
            if
              ;; 25 pushTemp: 0
              ;; 26 self
              ;; 27 pushTemp: 1
              ;; 28 send: at:
              (local.set $s0 (local.get $t0))
              block $sent
                block $other
                  (@metadata.code.branch_hint "\00") (br_if $other (i32.eqz (ref.test (ref i31) (local.get $t1))))
                  (@metadata.code.branch_hint "\00") (br_if $other (i32.eqz (ref.test (ref $Indexed) (local.get $self))))
                  (local.set $array (ref.cast (ref $Indexed) (local.get $self)))
                  (@metadata.code.branch_hint "\00") (br_if $other (i32.ne (struct.get $Indexed $classIndex (local.get $array)) (global.get $plain_array_class)))
                  (local.set $elements (struct.get $Indexed $slots (local.get $array)))
                  (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                  (local.set $x (i32.sub (i32.const 1)))
                  (if (i32.lt_u (local.get $x) (array.len (local.get $elements))) (then
                    (local.set $s1 (array.get $Slots (local.get $elements) (local.get $x)))
                    br $sent
                  ))
                end
                (call $send_at_general (local.get $self) (local.get $t1) (i32.add (local.get $depth) (i32.const 21)))
                local.set $s1
                (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 3075) (ref.eq (local.get $s1) (global.get $unwind))))
              end
              ;; 29 send: value:
              block $sent
                block $no_closure (result eqref)
                  (local.set $closure1 (br_on_cast_fail $no_closure eqref (ref $BlockClosure1) (local.get $s0)))
                  (local.set $s0 (call_ref $Block1 (local.get $closure1) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)) (struct.get $BlockClosure1 $code (local.get $closure1))))
                  br $sent
                end
                (local.set $s0 (call $block_value_1 (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)))) drop
              end
              (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 3330) (ref.eq (local.get $s0) (global.get $unwind))))
              ;; 30 pop
              ;; 31 pushTemp: 1
              ;; 32 pushConstant: -1
              ;; 33 send: +
              block $done
                block $general0
                  (@metadata.code.branch_hint "\00") (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t1))))
                  (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                  (i32.const -1)
                  i32.add local.tee $x
                  i32.const 0x40000000 i32.add i32.const 0 i32.lt_s (@metadata.code.branch_hint "\00") br_if $general0
                  (local.set $s0 (ref.i31 (local.get $x)))
                  br $done
                end
                (call $special_add (local.get $t1) (ref.i31 (i32.const -1)) (i32.add (local.get $depth) (i32.const 21)))
                local.set $s0
                (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 4354) (ref.eq (local.get $s0) (global.get $unwind))))
              end
              ;; 34 popIntoTemp: 1
              (local.set $t1 (local.get $s0))
              ;; 35 jumpTo: 20
              (@metadata.code.branch_hint "\01") (if (i32.ge_s (local.tee $fuel (i32.sub (local.get $fuel) (i32.const 1))) (i32.const 0)) (then (br $L3)))
              br $poll3
            else
              ;; 37 returnSelf
              (local.get $self) return
            end
          end
          br $left3
        end
        (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 770) (i32.lt_s (local.tee $fuel (call $refuel)) (i32.const 0))))
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
(func $SequenceableCollection>>reverseDo:@resume30 (type $LoopEntry) (param $context (ref $Context)) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $self eqref) (local $fuel i32) (local $array (ref null $Indexed)) (local $elements (ref null $Slots))
  (local $t0 eqref) (local $t1 eqref) (local $s0 eqref) (local $s1 eqref) (local $s2 eqref)
  (local $closure1 (ref $BlockClosure1))
  (local.set $self (struct.get $Context $receiver (local.get $context)))
  (local.set $t0 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 0)))
  (local.set $t1 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 1)))
  (local.set $s0 (array.get $Slots (struct.get $Context $slots (local.get $context)) (i32.const 2)))
  block $unwound (result i32)
    (local.set $fuel (i32.const 63))
    block $left7
      loop $again7
        block $poll7
          loop $L7
            ;; 30 pop
            ;; 31 pushTemp: 1
            ;; 32 pushConstant: -1
            ;; 33 send: +
            block $done
              block $general0
                (@metadata.code.branch_hint "\00") (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $t1))))
                (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                (i32.const -1)
                i32.add local.tee $x
                i32.const 0x40000000 i32.add i32.const 0 i32.lt_s (@metadata.code.branch_hint "\00") br_if $general0
                (local.set $s0 (ref.i31 (local.get $x)))
                br $done
              end
              (call $special_add (local.get $t1) (ref.i31 (i32.const -1)) (i32.add (local.get $depth) (i32.const 21)))
              local.set $s0
              (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 4354) (ref.eq (local.get $s0) (global.get $unwind))))
            end
            ;; 34 popIntoTemp: 1
            (local.set $t1 (local.get $s0))
            ;; 35 jumpTo: 20
            ;; 20 pushTemp: 1
            ;; 21 pushConstant: 1
            ;; 22 send: >=
            ;; 23 jumpFalse: 37
            block $done
              block $general
                (@metadata.code.branch_hint "\00") (br_if $general (i32.eqz (ref.test (ref i31) (local.get $t1))))
                (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                (i32.const 1)
                i32.ge_s local.set $c
                br $done
              end
              (call $special_greater_equal (local.get $t1) (ref.i31 (i32.const 1)) (i32.add (local.get $depth) (i32.const 21)))
              local.set $s0
              (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 1538) (ref.eq (local.get $s0) (global.get $unwind))))
              (if (i32.eqz (local.tee $c (ref.eq (local.get $s0) (global.get $true)))) (then
                (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 1539) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
              ))
            end
            local.get $c
            if
              ;; 25 pushTemp: 0
              ;; 26 self
              ;; 27 pushTemp: 1
              ;; 28 send: at:
              (local.set $s0 (local.get $t0))
              block $sent
                block $other
                  (@metadata.code.branch_hint "\00") (br_if $other (i32.eqz (ref.test (ref i31) (local.get $t1))))
                  (@metadata.code.branch_hint "\00") (br_if $other (i32.eqz (ref.test (ref $Indexed) (local.get $self))))
                  (local.set $array (ref.cast (ref $Indexed) (local.get $self)))
                  (@metadata.code.branch_hint "\00") (br_if $other (i32.ne (struct.get $Indexed $classIndex (local.get $array)) (global.get $plain_array_class)))
                  (local.set $elements (struct.get $Indexed $slots (local.get $array)))
                  (i31.get_s (ref.cast (ref i31) (local.get $t1)))
                  (local.set $x (i32.sub (i32.const 1)))
                  (if (i32.lt_u (local.get $x) (array.len (local.get $elements))) (then
                    (local.set $s1 (array.get $Slots (local.get $elements) (local.get $x)))
                    br $sent
                  ))
                end
                (call $send_at_general (local.get $self) (local.get $t1) (i32.add (local.get $depth) (i32.const 21)))
                local.set $s1
                (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 3075) (ref.eq (local.get $s1) (global.get $unwind))))
              end
              ;; 29 send: value:
              block $sent
                block $no_closure (result eqref)
                  (local.set $closure1 (br_on_cast_fail $no_closure eqref (ref $BlockClosure1) (local.get $s0)))
                  (local.set $s0 (call_ref $Block1 (local.get $closure1) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)) (struct.get $BlockClosure1 $code (local.get $closure1))))
                  br $sent
                end
                (local.set $s0 (call $block_value_1 (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 21)))) drop
              end
              (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 3330) (ref.eq (local.get $s0) (global.get $unwind))))
              (@metadata.code.branch_hint "\01") (if (i32.ge_s (local.tee $fuel (i32.sub (local.get $fuel) (i32.const 1))) (i32.const 0)) (then (br $L7)))
              br $poll7
            else
              ;; 37 returnSelf
              (local.get $self) return
            end
          end
          br $left7
        end
        (drop (@metadata.code.branch_hint "\00") (br_if $unwound (i32.const 3331) (i32.lt_s (local.tee $fuel (call $refuel)) (i32.const 0))))
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
